"""Consoles in a process of their own: they play on one core while the agent learns on another."""

import multiprocessing
import signal

from gymnasium.vector import VectorEnv


class Elsewhere(VectorEnv):
    """A vector environment that lives in another process, and takes its steps there.

    Args:
        make_env: returns the environment. It is called in the other process, so pickle must be able to send
            it there: a function of a module, or a `functools.partial` of one.

    Attributes:
        meanwhile: function that is called in each step after the actions were sent and before one waits for
            what came of them: learning that does not need it, or None. The results do not depend on how fast
            either process is.
    """

    def __init__(self, make_env):
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, make_env), daemon=True)
        self._process.start()
        theirs.close()  # so that its end is noticed here
        for name, value in self._receive().items():
            setattr(self, name, value)
        self.meanwhile = None

    def reset(self, *, seed=None, options=None):
        """Begin an episode in every environment."""
        return self._ask("reset", {"seed": seed, "options": options})

    def step(self, actions):
        """Take an action in every environment; `meanwhile` is called while they do."""
        self._ours.send(("step", {"actions": actions}))
        if self.meanwhile is not None:
            self.meanwhile()
        return self._receive()

    def _ask(self, method, arguments):
        self._ours.send((method, arguments))
        return self._receive()

    def _receive(self):
        """Return what the other process says.

        Raises:
            RuntimeError: if it has ended.
            Exception: what was raised there.
        """
        try:
            answer = self._ours.recv()
        except EOFError:
            raise RuntimeError(
                "the process in which the consoles play has ended: read its message above, or let them play "
                "in this one"
            ) from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close_extras(self, **kwargs):
        """End the other process."""
        self._process.terminate()
        self._process.join()
        self._ours.close()


TOLD = (
    *("num_envs", "metadata", "render_mode"),
    *("single_observation_space", "observation_space", "single_action_space", "action_space"),
)


def _serve(pipe, make_env):
    """Take steps whenever asked; the stop button is for the process that asks, not for this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        env = make_env()
        pipe.send({name: getattr(env, name) for name in TOLD})
    except Exception as error:
        pipe.send(error)
        return
    while True:
        try:
            method, arguments = pipe.recv()
        except EOFError:  # the other side is gone
            return
        try:
            pipe.send(getattr(env, method)(**arguments))
        except Exception as error:
            pipe.send(error)
