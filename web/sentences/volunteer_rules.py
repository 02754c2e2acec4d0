"""Words of stars, of the time bank, and of the rules for both."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "district_or_community": _l("Such rules are set for a district or a community."),
    "star_lines_rise": _l("Each star needs more hours than the one before, the first at least one."),
    "bank_bounds": _l("These bounds are too wide."),
    "notice_days": _l("A notice stands from 1 to 30 working days."),
    "expiry_months": _l("Minutes expire after 1 to 120 months, or never."),
    "stars_off": _l("There are no stars in this community."),
    "star_not_reached": _l("The hours for the next star are not reached yet."),
    "star_waits": _l("Your last application is still on its way. Stars come one after the other."),
    "own_star": _l("Nobody approves their own star."),
    "star_not_yours": _l("This application belongs to another community."),
    "notice_stands": _l("The public notice still stands."),
    "bank_off": _l("There is no time bank in this community."),
    "not_your_account": _l("This is somebody else's account."),
    "not_a_member": _l("Both must be members of the same time bank."),
    "minutes_number": _l("Please look at the number again."),
    "below_floor": _l("There are not enough minutes for that."),
    "above_ceiling": _l("The account of whoever gets them would be too full."),
    "pool_too_small": _l("There are not so many minutes in the common pool."),
    "out_of_stock": _l("There is none left."),
    "not_your_desk": _l("This belongs to the desk of another community."),
}

LABELS = {
    "StarState": {
        "APPLIED": _l("Applied for"),
        "NOTICED": _l("On the public notice"),
        "AWARDED": _l("Awarded"),
        "DECLINED": _l("Not given"),
    },
    "TimeClaimState": {
        "CLAIMED": _l("waits to be confirmed"),
        "CONFIRMED": _l("Confirmed"),
        "DECLINED": _l("Not confirmed"),
        "WITHDRAWN": _l("Withdrawn"),
    },
    "RewardOrderState": {
        "RESERVED": _l("Reserved"),
        "HANDED_OUT": _l("Handed out"),
        "CANCELLED": _l("Given back"),
    },
    "PostingKind": {
        "SERVICE": _l("Help between neighbors"),
        "GIFT": _l("Gift to the common pool"),
        "GRANT": _l("Help from the common pool"),
        "EXPIRY": _l("Expired into the common pool"),
        "REWARD": _l("Reward reserved"),
        "REFUND": _l("Reward given back"),
    },
}

NEWS = {
    "star_noticed": _l("Your star was approved and stands on the public notice."),
    "star_declined": _l("Your star was not given. The reason stands beside it."),
    "star_awarded": _l("You have a new star. Thank you!"),
    "time_claimed": _l(
        "A neighbor says that you were helped for %(minutes)s minutes. Please confirm it under “Time bank”."
    ),
    "time_confirmed": _l("Your help of %(minutes)s minutes was confirmed. Thank you!"),
    "time_declined": _l("A help that you told was not confirmed."),
    "time_granted": _l("You got %(minutes)s minutes from the common pool of the time bank."),
    "time_expired": _l("%(minutes)s minutes of the time bank expired and went into the common pool."),
}

DEEDS = {
    "volunteer_rules.set": _l("Rules of stars and time bank set"),
    "star.apply": _l("Star applied for"),
    "star.approve": _l("Star approved, notice begun"),
    "star.decline": _l("Star not given"),
    "star.award": _l("Star awarded"),
    "time_account.join": _l("Joined the time bank"),
    "time_account.leave": _l("Left the time bank"),
    "time_claim.claim": _l("Help told"),
    "time_claim.confirm": _l("Help confirmed"),
    "time_claim.decline": _l("Help not confirmed"),
    "time_claim.withdraw": _l("Help taken back"),
    "time_bank.gift": _l("Minutes given to the pool"),
    "time_bank.grant": _l("Helped from the pool"),
    "time_bank.expire": _l("Minutes expired"),
    "reward.lay_out": _l("Reward offered"),
    "reward.restock": _l("Rewards counted"),
    "reward_order.reserve": _l("Reward reserved"),
    "reward_order.hand_out": _l("Reward handed out"),
    "reward_order.cancel": _l("Reward given back"),
}
