"""Word 5-shingles as Python programs make them: lower case, runs of word characters."""

import re

WORD = re.compile(r"\w+")


def shingles(text: str, length: int = 5) -> set[str]:
    words = WORD.findall(text.lower())
    if len(words) < length:
        return {" ".join(words)} if words else set()
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}


class Clusters:
    """Union-find over document numbers; the first of a cluster is kept."""

    def __init__(self):
        self.parents: list[int] = []

    def add(self) -> int:
        self.parents.append(len(self.parents))
        return len(self.parents) - 1

    def root(self, number: int) -> int:
        while self.parents[number] != number:
            self.parents[number] = self.parents[self.parents[number]]
            number = self.parents[number]
        return number

    def join(self, first: int, second: int):
        low, high = sorted((self.root(first), self.root(second)))
        self.parents[high] = low

    def removed(self) -> list[int]:
        return [number for number in range(len(self.parents)) if self.root(number) != number]
