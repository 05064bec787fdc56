// Gold values for the charset decoders' tests, from another implementation of the WHATWG Encoding
// Standard: the TextDecoder of Deno, which is encoding_rs.
//
//     pip install deno && deno run Tests/Tools/decoder-gold.js
//
// For each charset, the FNV-1a hash (32 bits) and the number of U+FFFD of what is decoded: every byte
// alone; every pair of bytes from 0x80 and any; and seeded noise of mostly lead bytes, cut everywhere.

const singles = [
  "ibm866", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7",
  "iso-8859-8", "iso-8859-8-i", "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15",
  "iso-8859-16", "koi8-r", "koi8-u", "macintosh", "windows-874", "windows-1250", "windows-1251",
  "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257",
  "windows-1258", "x-mac-cyrillic", "x-user-defined",
];
const others = ["gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr", "iso-2022-jp", "utf-16le", "utf-16be", "utf-8"];

let hash, malformed;
function take(charset, bytes) {
  const text = new TextDecoder(charset, { ignoreBOM: true }).decode(new Uint8Array(bytes));
  for (const byte of new TextEncoder().encode(text + "\n")) {
    hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  }
  for (const letter of text) if (letter === "\uFFFD") malformed += 1;
}

// The generator of Numerical Recipes, so that the test makes the same bytes.
let state = 1;
function next(limit) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state >>> 8) % limit);
}

const escapes = [[0x1b, 0x24, 0x42], [0x1b, 0x28, 0x42], [0x1b, 0x28, 0x4a], [0x1b, 0x28, 0x49], [0x1b, 0x24, 0x40], [0x1b, 0x24], [0x1b], [0x1b, 0x28]];
function noise(charset) {
  const bytes = [];
  const count = 1 + next(12);
  for (let i = 0; i < count; i++) {
    const kind = next(8);
    if (charset === "iso-2022-jp" && kind < 3) bytes.push(...escapes[next(escapes.length)]);
    else if (charset.startsWith("utf-16") && kind < 4) bytes.push(0xd8 + next(8), 0xd8 + next(8));
    else if (kind < 4) bytes.push(0x80 + next(128));
    else if (kind < 6) bytes.push(0x30 + next(10));
    else bytes.push(next(256));
  }
  return bytes;
}

for (const charset of singles) {
  [hash, malformed] = [2166136261, 0];
  for (let byte = 0; byte < 256; byte++) take(charset, [byte]);
  console.log(`("${charset}", ${hash}, ${malformed}),`);
}
for (const charset of others) {
  [hash, malformed, state] = [2166136261, 0, 1];
  for (let first = 0x80; first < 256; first++) {
    for (let second = 0; second < 256; second++) take(charset, [first, second]);
  }
  for (let second = 0; second < 256; second++) {
    for (let third = 0x60; third < 256; third += 3) take(charset, [0x8f, second, third, 0x41]);
  }
  for (let text = 0; text < 20000; text++) take(charset, noise(charset));
  console.log(`("${charset}", ${hash}, ${malformed}),`);
}
