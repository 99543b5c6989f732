"""Right and wrong answers to `new_mean`."""

from tests.answers.table import right, wrong

learning_rate = 0.1


@right
def mean_of_the_sum(old_mean, n, reward):
    return ((n - 1) * old_mean + reward) / n


@right
def mean_by_weights(old_mean, n, reward):
    step_size = 1 / n
    return (1 - step_size) * old_mean + step_size * reward


@wrong("n already counts the new reward")
def mean_of_one_more(old_mean, n, reward):
    return (old_mean * n + reward) / (n + 1)


@wrong("stands for n − 1 rewards, not for n")
def mean_of_a_sum_too_large(old_mean, n, reward):
    return old_mean + reward / n


@wrong("as much weight as all before it")
def mean_of_two(old_mean, n, reward):
    return 0.5 * old_mean + 0.5 * reward


@wrong("moves away from the reward")
def mean_that_flees(old_mean, n, reward):
    return old_mean + (old_mean - reward) / n


@wrong("that is the step alone")
def mean_step(old_mean, n, reward):
    return (reward - old_mean) / n


@wrong("brackets are missing")
def mean_without_brackets(old_mean, n, reward):
    return old_mean + reward - old_mean / n


@wrong("the step size of a mean is 1 / n")
def mean_with_alpha(old_mean, n, reward):
    return old_mean + learning_rate * (reward - old_mean)


@wrong("no list is needed")
def mean_of_a_list(old_mean, n, reward):
    return (sum(rewards) + reward) / n


@wrong("only the last reward is left")
def mean_is_the_last_reward(old_mean, n, reward):
    return reward


@wrong("end it with `return`")
def mean_without_return(old_mean, n, reward):
    old_mean += (reward - old_mean) / n
