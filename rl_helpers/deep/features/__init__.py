"""What a network is told in place of an observation's raw numbers, so that little experience goes far.

Start with `fourier.py`.
"""

from rl_helpers.deep.features.fourier import FourierFeatures

__all__ = ["FourierFeatures"]
