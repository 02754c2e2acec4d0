"""A layer.  RED"""
