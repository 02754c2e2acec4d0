"""The counters, each as everybody who may come to it."""
