// What simdjson does of the same: simdjson_peer utf8|fields FILE
//
// `utf8` validates a text in the pieces that kernel-benchmarks makes; `fields` takes every member of
// JSON lines by On-Demand: strings unescaped and copied, other values as their JSON text. Prints one
// JSON object, like the scripts beside it; the file is read before the clock starts.
#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>
#include <sys/resource.h>
#include <vector>

static double used() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](timeval t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

static void report(double seconds, const char *what, size_t count, size_t bytes) {
  std::printf("{\"cpu_seconds\": %.9f, \"result\": \"%zu %s, %zu bytes\"}\n", seconds, count, what,
              bytes);
}

static int utf8(const simdjson::padded_string &text) {
  const size_t size = 1 << 16, passes = 20;
  size_t good = 0;
  const double start = used();
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(at + size, text.size());
    while (end < text.size() && (uint8_t(text.data()[end]) & 0xC0) == 0x80) end++;
    for (size_t pass = 0; pass < passes; pass++)
      good += simdjson::validate_utf8(text.data() + at, end - at);
    at = end;
  }
  report((used() - start) / double(passes), "pieces", good / passes, text.size());
  return 0;
}

static int fields(const simdjson::padded_string &lines) {
  size_t longest = 0, count = 0, bytes = 0;
  for (const char *p = lines.data(), *end = p + lines.size(); p < end;) {
    const char *newline = static_cast<const char *>(std::memchr(p, '\n', size_t(end - p)));
    const char *next = newline ? newline + 1 : end;
    longest = std::max(longest, size_t(next - p));
    p = next;
  }
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document_stream documents;
  const double start = used();
  const size_t batch = std::max(longest, simdjson::dom::DEFAULT_BATCH_SIZE);
  if (parser.iterate_many(lines, batch).get(documents)) return 1;
  for (auto document : documents) {
    simdjson::ondemand::object object;
    if (document.get_object().get(object)) return 1;
    std::vector<std::string> values;
    for (auto field : object) {
      simdjson::ondemand::value value;
      if (field.value().get(value)) return 1;
      std::string_view found;
      if (value.type() == simdjson::ondemand::json_type::string) {
        if (value.get_string().get(found)) return 1;
      } else if (simdjson::to_json_string(value).get(found)) {
        return 1;
      }
      values.emplace_back(found);
    }
    for (const auto &value : values) bytes += value.size();
    count++;
  }
  report(used() - start, "documents", count, bytes);
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 3) return 64;
  simdjson::padded_string text;
  if (simdjson::padded_string::load(argv[2]).get(text)) return 1;
  return std::strcmp(argv[1], "utf8") == 0 ? utf8(text) : fields(text);
}
