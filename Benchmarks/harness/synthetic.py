"""Seeded, web-like English: function words are real, the rest are made of syllables.

Word frequencies follow Zipf's law, every page has a topic with words of its own, and pages have
headings, paragraphs, lists, figures and addresses. The same seed gives the same pages everywhere.
"""

import itertools
import random

FUNCTION_WORDS = """
the of and to a in that is was it for on with as be at by this had not are but from or have an
they which one you were all her she there would their we him been has when who will no more if out
so up said what its about than into them can only other time new some could these two may first
then do any like my now over such our man me even most made after also did many off before must
well back through years much where your way down should because long each just those people too
how little state good very make world still see own work men day get here between both life being
under never same another know while last might us great old year come since against go came right
used take three himself few house use during without again place around however home small found
part school general high upon does got united left number course war until always something water
fact less public put think almost hand enough took head yet government system set better told
nothing night end why called find going look asked later knew point next program city business
give group toward young days let room word side social given present several order national second
possible rather per face among form important often things looked early white case large big need
four within children felt along best church ever least power development light thing seemed family
interest want members mind country area others done turned although open service certain kind
problem began different door thus help sense means whole matter
""".split()
ONSETS = """
b c d f g h j k l m n p r s t v w b c d f g h l m n p r s t
br ch cl cr dr fl fr gr pl pr qu sc sh sl sp st str th tr
""".split()
NUCLEI = "a e i o u ai ea ee io ou oo a e i o e a".split()
CODAS = ["", "", "", "", "", "n", "r", "s", "t", "l", "m", "d", "nd", "st", "ck", "ng", "nt"]
ENDINGS = [*[""] * 10, "s", "s", "ed", "ing", "er", "ly", "tion", "al", "ness", "ment"]


class Writer:
    def __init__(self, seed: int, word_count: int = 40_000, topic_count: int = 96):
        self.rng = random.Random(f"synthetic pages {seed}")
        words: dict[str, None] = {}
        while len(words) < word_count:
            syllables = self.rng.choices([1, 2, 3], [2, 5, 2])[0]
            stem = "".join(
                self.rng.choice(ONSETS) + self.rng.choice(NUCLEI) + self.rng.choice(CODAS)
                for _ in range(syllables)
            )
            words[stem + self.rng.choice(ENDINGS)] = None
        # Frequent words are short, on the whole.
        self.words = sorted(words, key=lambda word: len(word) * self.rng.uniform(0.5, 1.5))
        self.content_weights = zipf(word_count, 8)
        self.function_weights = zipf(len(FUNCTION_WORDS), 2)
        self.topics = [self.rng.sample(self.words, 300) for _ in range(topic_count)]
        self.topic_weights = zipf(300, 3)

    def page(self) -> str:
        """One document: a heading, paragraphs, now and then a list or an address."""
        topic = self.rng.choice(self.topics)
        paragraphs = max(1, min(120, int(self.rng.lognormvariate(1.7, 0.9))))
        parts = [" ".join(self._pick(topic, self.rng.randint(2, 7))).title()]
        for _ in range(paragraphs):
            if self.rng.random() < 0.08:
                items = self.rng.randint(3, 8)
                parts.append("\n".join("- " + self._sentence(topic)[:80] for _ in range(items)))
            else:
                sentences = self.rng.randint(2, 7)
                parts.append(" ".join(self._sentence(topic) for _ in range(sentences)))
        if self.rng.random() < 0.2:
            host = self.rng.choice(topic)
            parts.append(f"See https://www.{host}.example/{self.rng.choice(topic)} for more.")
        return "\n\n".join(parts)

    def _sentence(self, topic: list[str]) -> str:
        words = self._pick(topic, max(4, int(self.rng.gauss(17, 7))))
        words[0] = words[0].capitalize()
        for position in range(3, len(words) - 2):
            chance = self.rng.random()
            if chance < 0.06:
                words[position] += ","
            elif chance < 0.075:
                words[position] = str(self.rng.randint(1, 10 ** self.rng.randint(1, 5)))
            elif chance < 0.095:
                words[position] = words[position].capitalize()
            elif chance < 0.1:
                words[position] = self.rng.choice(["don't", "it's", "we'll", "they're", "I've"])
        return " ".join(words) + self.rng.choices([".", "?", "!", ":"], [90, 5, 3, 2])[0]

    def _pick(self, topic: list[str], count: int) -> list[str]:
        choices = self.rng.choices
        function = iter(choices(FUNCTION_WORDS, cum_weights=self.function_weights, k=count))
        content = iter(choices(self.words, cum_weights=self.content_weights, k=count))
        own = iter(choices(topic, cum_weights=self.topic_weights, k=count))
        return [next(kind) for kind in choices([function, content, own], [48, 30, 22], k=count)]


def zipf(count: int, shift: int) -> list[float]:
    return list(itertools.accumulate(1 / (rank + shift) for rank in range(count)))
