"""Needs."""

tell(need, "need_accepted", people=[1])
tell(need, "need_forgotten", people=[1])  # RED
