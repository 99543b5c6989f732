"""Right and wrong answers to `trade`."""

from tests.answers.table import right, wrong


@right
def trade_case_by_case(charge, action, price, capacity):
    if action == 0:
        if charge == 0:
            return charge, 0
        return charge - 1, price * 0.9
    if action == 2:
        if charge == capacity:
            return charge, 0
        return charge + 1, -price
    return charge, 0


@right
def trade_by_what_flows(charge, action, price, capacity):
    after = min(max(charge + action - 1, 0), capacity)
    flow = after - charge
    if flow < 0:
        return after, 0.9 * price * -flow
    return after, -price * flow


@right
def trade_in_a_list(charge, action, price, capacity):
    reward = 0.0
    if action == 0 and charge >= 1:
        charge -= 1
        reward += 9 * price / 10
    if action == 2 and charge + 1 <= capacity:
        charge += 1
        reward -= price
        return [charge, reward]
    return [charge, reward]


@wrong("Where nothing flows, nothing is paid")
def trade_pays_for_wishes(charge, action, price, capacity):
    reward = 0
    if action == 0:
        reward = 0.9 * price
    if action == 2:
        reward = -price
    return max(0, min(capacity, charge + action - 1)), reward


@wrong("leaves its range")
def trade_without_limits(charge, action, price, capacity):
    if action == 0:
        return charge - 1, 0.9 * price
    if action == 2:
        return charge + 1, -price
    return charge, 0


@wrong("only 0.9 of the price")
def trade_without_loss(charge, action, price, capacity):
    after = min(max(charge + action - 1, 0), capacity)
    return after, price * (charge - after)


@wrong("wrong side")
def trade_with_the_loss_when_buying(charge, action, price, capacity):
    if action == 0 and charge > 0:
        return charge - 1, price
    if action == 2 and charge < capacity:
        return charge + 1, -0.9 * price
    return charge, 0


@wrong("What is bought costs the whole price")
def trade_with_the_loss_twice(charge, action, price, capacity):
    after = min(max(charge + action - 1, 0), capacity)
    return after, 0.9 * price * (charge - after)


@wrong("buying costs")
def trade_is_paid_for_buying(charge, action, price, capacity):
    if action == 0 and charge > 0:
        return charge - 1, 0.9 * price
    if action == 2 and charge < capacity:
        return charge + 1, price
    return charge, 0


@wrong("both signs")
def trade_with_the_wrong_sign(charge, action, price, capacity):
    if action == 0 and charge > 0:
        return charge - 1, -0.9 * price
    if action == 2 and charge < capacity:
        return charge + 1, price
    return charge, 0


@wrong("changed places")
def trade_returns_the_reward_first(charge, action, price, capacity):
    return trade_case_by_case(charge, action, price, capacity)[::-1]


@wrong("may be `capacity` at most")
def trade_fills_one_too_many(charge, action, price, capacity):
    if action == 0 and charge > 0:
        return charge - 1, 0.9 * price
    if action == 2 and charge <= capacity:
        return charge + 1, -price
    return charge, 0


@wrong("never gets full")
def trade_stops_too_early(charge, action, price, capacity):
    if action == 0 and charge > 0:
        return charge - 1, 0.9 * price
    if action == 2 and charge < capacity - 1:
        return charge + 1, -price
    return charge, 0


@wrong("refuses to sell")
def trade_refuses_to_sell_below_zero(charge, action, price, capacity):
    if action == 0 and charge > 0 and price >= 0:
        return charge - 1, 0.9 * price
    if action == 2 and charge < capacity:
        return charge + 1, -price
    return charge, 0


@wrong("0 sells, 2 buys")
def trade_swaps_the_actions(charge, action, price, capacity):
    if action == 2 and charge > 0:
        return charge - 1, 0.9 * price
    if action == 0 and charge < capacity:
        return charge + 1, -price
    return charge, 0


@wrong("two are expected")
def trade_returns_three(charge, action, price, capacity):
    return (*trade_case_by_case(charge, action, price, capacity), False)


@wrong("returns None")
def trade_forgets_to_wait(charge, action, price, capacity):
    if action == 0 and charge > 0:
        return charge - 1, 0.9 * price
    if action == 2 and charge < capacity:
        return charge + 1, -price


@wrong("three cases")
def trade_for_three_only(charge, action, price, capacity):
    return trade_case_by_case(charge, action, price, min(capacity, 3))
