"""Right and wrong answers to `repair_the_reward`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def repair_with_a_tiny_cushion(discount):
    return {"cushion": 0.01}


@right
def repair_with_all_names(discount):
    return {"rug": 1, "post": 5, "couch": -1, "drapes": -5, "cushion": 0.001, "step": 0}


@right
def repair_with_larger_treats(discount):
    return {"rug": 20.0, "post": 100.0, "cushion": 0.05}


@right
def repair_by_a_share_of_the_post(discount):
    rewards = {"post": 5.0, "step": -0.01}
    rewards["cushion"] = np.float64(rewards["post"]) * (1 - discount) / 10
    return rewards


@wrong(
    "cushion 91 times until the time is up. For ever, 0.5 a time is worth 0.5 / (1 − γ) = 10,",
)
def repair_nothing(discount):
    return {"cushion": 0.5}


@wrong("with γ = 0.99 the best that Bob can do is: rug, then cushion 86 times until")
def repair_for_one_discount_only(discount):
    return {"cushion": 0.1}


@wrong("the cushion earns nothing, and it has to stay a treat")
def repair_without_a_cushion(discount):
    return {}


@wrong("the cushion earns less than nothing")
def repair_with_a_wet_cushion(discount):
    return {"cushion": -1.0}


@wrong("is: post. The way over the rug is 5 steps longer")
def repair_with_dear_steps(discount):
    return {"cushion": 0.01, "step": -0.5}


@wrong("is: post. The way over the rug is 5 steps longer")
def repair_with_a_larger_post(discount):
    return {"cushion": 0.5, "post": 20.0}


@wrong(
    "is: rug, then stays where he is until the time is up. Ending the episode at the post",
)
def repair_without_a_post(discount):
    return {"cushion": 0.0, "post": 0.0}


@wrong("Every step as such is a treat")
def repair_with_paid_steps(discount):
    return {"cushion": 0.01, "step": 1.0}


@wrong("is: drapes. The drapes are a treat")
def repair_with_the_wrong_sign(discount):
    return {"cushion": 0.01, "drapes": 10}


@wrong("is: drapes. Every step is so dear that he ends the misery")
def repair_until_bob_ends_the_misery(discount):
    return {"cushion": 0.01, "step": -2.0, "post": -20.0}


@wrong("is: couch 98 times until the time is up. For ever, 1 a time is worth")
def repair_with_a_couch_that_pays(discount):
    return {"cushion": 0.01, "couch": 1.0}


@wrong(
    "there is no reward named 'pillow': choose from rug, post, couch, drapes, cushion, step",
)
def repair_with_a_name_that_does_not_exist(discount):
    return {"pillow": 0.01}


@wrong("the reward for 'cushion' is '0.01': give a finite number")
def repair_with_a_text(discount):
    return {"cushion": "0.01"}


@wrong("0.01 came, and a dictionary is expected")
def repair_with_a_number(discount):
    return 0.01


@wrong("in code it is `discount`")
def repair_with_gamma(discount):
    return {"cushion": 0.1 * (1 - gamma)}


@wrong("printing is not enough")
def repair_printed(discount):
    print({"cushion": 0.01})


@wrong("returns None")
def repair_forgets_to_return(discount):
    rewards = {"cushion": 0.1 * (1 - discount)}
