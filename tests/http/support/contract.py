"""Placeholder until the API's document is checked."""


def unvisited():
    return []


def summary():
    return ""
