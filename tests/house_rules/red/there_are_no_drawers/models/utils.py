"""Drawers.  RED"""
