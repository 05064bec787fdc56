#!/bin/sh
# Fills corpus/TARGET with small files: seeds.sh [FOLDER...]; the repository's samples without one.
set -eu
cd "$(dirname "$0")"
[ $# -gt 0 ] || set -- ../../Samples
mkdir -p corpus/shard corpus/records corpus/body corpus/charset corpus/slices
find "$@" -type f -size -24k | sort | head -n 600 | while read -r file; do
  name=$(cksum < "$file" | tr ' ' -)
  cp "$file" "corpus/shard/$name"
  { printf '\377'; cat "$file"; } > "corpus/slices/$name"
  { printf '\000'; head -c 4000 "$file"; } > "corpus/charset/$name"
  case $file in
    *.gz) plain="gzip -dc" ;; *.zst) plain="zstd -dcq" ;; *) plain=cat ;;
  esac
  $plain "$file" 2>/dev/null | head -c 12000 > corpus/plain || true
  { printf '\000'; cat corpus/plain; } > "corpus/records/$name"
  for packer in bzip2 xz 'lz4 -q' gzip 'zstd -q'; do
    program=${packer%% *}
    command -v "$program" > /dev/null || continue
    head -c 3000 corpus/plain | $packer -c > "corpus/shard/$name.$program"
    { printf '\077'; cat "corpus/shard/$name.$program" "corpus/shard/$name.$program"; } \
      > "corpus/slices/$name.$program"
    { printf '\000'; cat "corpus/shard/$name.$program"; } > "corpus/body/$name.$program"
  done
done
rm -f corpus/plain
