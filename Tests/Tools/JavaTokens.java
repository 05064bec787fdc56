// Makes the tokens that Java's regular expressions give, as Spark's RegexTokenizer asks for them, for
// JavaPatternTests:
//
//     java Tests/Tools/JavaTokens.java 1 12 > Tests/Fixtures/QualityModel/java-tokens.json
//
// The arguments are a seed and the number of random texts. Run by JDK 17.

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class JavaTokens {
  static final String[] PATTERNS = {
    "\\s", "\\s+", "\\S", "\\S+", "\\w", "\\w+", "\\W", "\\W+", " ", " +", "\\d+", "\\D+", "\\h+", "\\v+",
    "[\\s,.]+", "[^\\w'-]+", "[a-z]+", "[A-Z]+", "[^a-zA-Z0-9]", "\\p{L}+", "\\p{L}+|\\p{N}+", "\\P{L}+",
    "[^\\p{L}\\p{N}]+", "\\p{Alpha}+", "\\p{Alnum}+", "\\p{Punct}", "[\\p{Punct}\\s]+", "\\p{Upper}\\p{Lower}*",
    "\\p{IsAlphabetic}+", "\\p{IsLatin}+", "\\p{InGreek}+", "\\p{IsHan}|\\p{IsHiragana}+", "\\p{Lu}", "\\pL+",
    "(?i)[a-f]+", "(?i)the|a", "(?i)\u00e4+|K+", "(?s).{3}", ".{4}", ".+", "(?m)^.", "(?m).$", "^\\w", "\\w$", "\\w\\Z", ".\\z",
    "\\b\\w+\\b", "\\b", "\\B.", "(?<=[a-z])(?=[A-Z])", "(?<!\\w)\\w{2,4}(?!\\w)", "(\\w)\\1", "(?<q>['\"]).*?\\k<q>",
    "[a-z&&[^aeiou]]+", "[\\w&&[^\\d_]]+", "[^a-m&&[a-z]]", "[a-c[x-z]]+", "[-a]+", "[a-]+", "[]a]+", "[a\\-z]+", "[\\]\\[]",
    "\\Q.\\E+", "[.]", "\\.", "\\x41|\\u0061|\\x{1F600}|\\0101", "\\uD83D\\uDE00", "a{2,}", "o+?", "\\w*+\\s", "(?:ab|a)(?=b|\\s)",
    "(?>\\w+)\\s?", "\\R", "\\r\\n|\\n", "\\t|\\n", "[^\\x00-\\x7F]+", "[\u4e00-\u9fff]", "[\u0400-\u04ff]+", "\\p{So}", "\\p{Mn}+",
    "\\w+(?:'\\w+)?", "[\\w']+", "https?://\\S+|\\w+", "[+-]?\\d+(?:[.,]\\d+)*", "\\s*[,;:]\\s*", "\\s{2,}", "_+",
    "[\\h\\v]+", "[^\\S\\n]+", "[\\D]", "[a&b]", "[a^]", "\\cI", "\\e|\\a|\\f", "(a)|(b)", "((a)(b?))\\2", "$", "x|",
  };
  static final String[] FIXED = {
    "", " ", "a", " a b ", "a\n", "a\r\n", "\r\n", "a\u0085", "a\n\n", "The Cat's hat, 3.14; it's \"quoted\" 'x'", "fooBarBAZqux",
    "a\u0301b \u0301c _\u0301d", "\u00c4\u00e4 \u212a K \u017f s", "\ud83d\ude00a \ud83d\ude00", "a\u000bb\fc\u001cd\u00a0e\u3000f\u2028g",
    "aa bb aab http://x.y/z?q=1 -5,000.25", "\u03a3\u0391\u03a3 \u65e5\u672c\u3042\u3044 \u1100\u1161", "[a] {b} (c) a&b ^ x-y ab",
  };
  static final int[][] RANGES = {
    {0x20, 0x7e}, {0x20, 0x7e}, {0x61, 0x7a}, {0x61, 0x7a}, {0x00, 0x20}, {0x80, 0x17f}, {0x300, 0x36f}, {0x370, 0x3ff}, {0x400, 0x4ff},
    {0x590, 0x6ff}, {0x900, 0x97f}, {0x2000, 0x206f}, {0x3040, 0x30ff}, {0x4e00, 0x4eff}, {0xac00, 0xacff}, {0xff00, 0xffef}, {0x1f600, 0x1f64f},
  };

  static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = 5 + random.nextInt(40);
    for (int i = 0; i < length; i++) {
      int[] range = RANGES[random.nextInt(3) > 0 ? random.nextInt(4) : random.nextInt(RANGES.length)];
      int point = range[0] + random.nextInt(range[1] - range[0] + 1);
      if (random.nextInt(5) == 0) point = ' ';
      if (Character.isDefined(point)) text.appendCodePoint(point);
    }
    return text.toString();
  }

  static List<String> tokens(Pattern pattern, String text, boolean gaps) {
    if (gaps) return List.of(pattern.split(text));
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) found.add(matcher.group());
    return found;
  }

  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char unit : text.toCharArray()) {
      if (unit >= 0x20 && unit < 0x7f && unit != '"' && unit != '\\') json.append(unit);
      else json.append(String.format("\\u%04x", (int) unit));
    }
    return json.append('"').toString();
  }

  // A match of nothing inside of a surrogate pair, which UTF-8 cannot say.
  static boolean cutsPairs(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      int start = matcher.start();
      if (start > 0 && start < text.length() && Character.isSurrogatePair(text.charAt(start - 1), text.charAt(start))) return true;
    }
    return false;
  }

  public static void main(String[] arguments) {
    Random random = new Random(Long.parseLong(arguments[0]));
    List<String> texts = new ArrayList<>(List.of(FIXED));
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) texts.add(text(random));
    StringBuilder out = new StringBuilder("{\"texts\":[");
    for (int i = 0; i < texts.size(); i++) out.append(i > 0 ? ",\n" : "\n").append(quoted(texts.get(i)));
    out.append("],\n\"patterns\":[");
    for (int p = 0; p < PATTERNS.length; p++) {
      Pattern pattern = Pattern.compile(PATTERNS[p]);
      out.append(p > 0 ? ",\n" : "\n").append("{\"pattern\":").append(quoted(PATTERNS[p]));
      for (boolean gaps : new boolean[] {true, false}) {
        out.append(gaps ? ",\"split\":[" : ",\"found\":[");
        for (int i = 0; i < texts.size(); i++) {
          List<String> tokens = tokens(pattern, texts.get(i), gaps);
          out.append(i > 0 ? "," : "");
          if (cutsPairs(pattern, texts.get(i))) {
            out.append("null");
            continue;
          }
          out.append("[");
          for (int t = 0; t < tokens.size(); t++) out.append(t > 0 ? "," : "").append(quoted(tokens.get(t)));
          out.append("]");
        }
        out.append("]");
      }
      out.append("}");
    }
    System.out.println(out.append("]}"));
  }
}
