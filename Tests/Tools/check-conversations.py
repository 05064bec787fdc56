#!/usr/bin/env python3
"""Compares the tokens and loss masks of `gristmill pack --chat-template` with transformers' own.

  check-conversations.py [--gristmill PROGRAM] [--template chatml|llama3] VOCABULARY...

VOCABULARY is a tokenizer.json; the template's special tokens are added to it where they lack. The judge of tokens
is apply_chat_template with the public templates; of masks, the characters that tokenizers says a token stands
for. Needs transformers, jinja2 and numpy.
"""
import argparse, json, os, random, subprocess, sys, tempfile

TEMPLATES = {
    "chatml": "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + "
    "'<|im_end|>' + '\n'}}{% endfor %}",
    "llama3": "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = "
    "'<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + "
    "'<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}"
    "{{ content }}{% endfor %}",
}
SPECIALS = {
    "chatml": ["<|im_start|>", "<|im_end|>"],
    "llama3": ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
}
WORDS = (
    "the a of Hello world, 12345 6.75 naïve 日本語 😀 don't I'LL <b> == \n \n\n \t    \r\n . ... !? "
    "def f(x):\n\treturn x\n ﬁ é ü ½ {} [] http://x.y/z?q=1 Ω ж ا"
).split(" ")


def conversations(count, seed):
    random.seed(seed)
    space = ["", "", "", " ", "\n", "\n\n", "  ", "\t", "\u00a0", "\u2003 ", "\x1c", "\u200b"]
    for number in range(count):
        messages = []
        if random.random() < 0.4:
            messages.append("system")
        for _ in range(random.randint(1, 4)):
            messages += ["user", "assistant"]
            if random.random() < 0.2:
                messages += ["tool", "assistant"]
        yield {
            "id": str(number),
            "messages": [
                {
                    "role": role,
                    "content": random.choice(space)
                    + random.choice(["", " "]).join(random.choices(WORDS, k=random.randint(0, 30)))
                    + random.choice(space),
                }
                for role in messages
            ],
        }


def packed(folder):
    """The documents of train-00000 with their masks, by the layouts of Megatron and of provenance."""
    import numpy

    index = open(f"{folder}/train-00000.idx", "rb").read()
    kind = {4: "<i4", 8: "<u2"}[index[17]]
    count = int.from_bytes(index[18:26], "little")
    lengths = numpy.frombuffer(index, "<i4", count, 34)
    tokens = numpy.fromfile(f"{folder}/train-00000.bin", kind)
    side = open(f"{folder}/train-00000.provenance", "rb").read()
    place = int.from_bytes(side[80:88], "little")
    mask = numpy.frombuffer(side, "u1", len(tokens), place)
    ends = numpy.cumsum(lengths)
    return [(tokens[e - n : e].tolist(), mask[e - n : e].tolist()) for n, e in zip(lengths, ends)]


def written(messages, template):
    """The conversation as the template writes it, and the ranges of its characters that the loss counts."""
    text, counted = "<|begin_of_text|>" if template == "llama3" else "", []
    for message in messages:
        content = message["content"]
        if template == "llama3":
            text += f"<|start_header_id|>{message['role']}<|end_header_id|>\n\n"
            content = content.strip() + "<|eot_id|>"
        else:
            text += f"<|im_start|>{message['role']}\n"
            content += "<|im_end|>"
        if message["role"] == "assistant":
            counted.append((len(text), len(text) + len(content)))
        text += content + ("" if template == "llama3" else "\n")
    return text, counted


def difference(a, b):
    return next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


def check(program, path, template):
    import tokenizers, transformers

    tokenizer = tokenizers.Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.post_processor = tokenizers.processors.ByteLevel(trim_offsets=False)
    tokenizer.add_special_tokens(SPECIALS[template])
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token=SPECIALS[template][0] if template == "llama3" else None
    )
    with tempfile.TemporaryDirectory() as folder:
        tokenizer.save(f"{folder}/tokenizer.json")
        records = list(conversations(300, 3))
        with open(f"{folder}/chats.jsonl", "w") as file:
            for record in records:
                file.write(json.dumps(record) + "\n")
        command = [program, "pack", f"{folder}/chats.jsonl", "--tokenizer", f"{folder}/tokenizer.json"]
        command += ["--output", f"{folder}/packed", "--format", "megatron", "--quiet"]
        subprocess.run(command + ["--chat-template", template], check=True)
        ours = packed(f"{folder}/packed")
    total = [0, 0]
    for record, (ids, mask) in zip(records, ours, strict=True):
        theirs = fast.apply_chat_template(record["messages"], chat_template=TEMPLATES[template], return_dict=False)
        if ids != theirs:
            place = difference(ids, theirs)
            return f"record {record['id']}: token {place} is {ids[place:][:3]}, not {theirs[place:][:3]}"
        text, counted = written(record["messages"], template)
        encoding = tokenizer.encode(text, add_special_tokens=False)
        assert encoding.ids == theirs, "the template is understood"
        expected = [int(any(a < end and b > start for start, end in counted)) for a, b in encoding.offsets]
        if mask != expected:
            place = difference(mask, expected)
            return f"record {record['id']}: token {place} has the mask {mask[place]}, not {expected[place]}"
        total = [total[0] + len(ids), total[1] + sum(mask)]
    return f"equal: {len(records)} conversations, {total[0]} tokens, {total[1]} in the loss"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gristmill", default=".build/release/gristmill")
    parser.add_argument("--template", choices=list(TEMPLATES), action="append")
    parser.add_argument("vocabulary", nargs="+")
    arguments = parser.parse_args()
    failed = False
    for path in arguments.vocabulary:
        for template in arguments.template or TEMPLATES:
            result = check(arguments.gristmill, path, template)
            failed = failed or not result.startswith("equal")
            print(f"{path} {template}: {result}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
