/// Written by Tests/Tools/generate-delimited-gold.py from what Python's csv module reads.
enum DelimitedGold {
  static let lines = ##"""
    {"delimiter": ",", "input": "\t\"\u00e9\"a,,\t\t", "rows": [["\t\"\u00e9\"a", "", "\t\t"]], "unclosed": false}
    {"delimiter": ",", "input": "\t;\t\t\"\n", "rows": [["\t;\t\t\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\\\"\u00e9", "rows": [["\\\"\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\n,\t", "rows": [[], ["", "\t"]], "unclosed": false}
    {"delimiter": ",", "input": "',a,,,\"\"\r\t\t;,", "rows": [["'", "a", "", "", ""], ["\t\t;", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\r'a\n\n '\\;\\ \"\\\t", "rows": [[], ["'a"], [], [" '\\;\\ \"\\", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\" \u00e9\r\n\",\r\n,\ra;\t\\", "rows": [[" \u00e9\r\n", ""], ["", ""], ["a;\t\\"]], "unclosed": false}
    {"delimiter": "\t", "input": "a\\\u0000\"\",\u0000\"\"'\u0000'\\", "rows": [["a\\\u0000\"\",\u0000\"\"'\u0000'\\"]], "unclosed": false}
    {"delimiter": ",", "input": "\"\t\";\r\n\n\rab c\n, \"\\\\\r\n", "rows": [["\t;"], [], [], ["ab c"], ["", " \"\\\\"]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\\", "rows": [[], ["\\"]], "unclosed": false}
    {"delimiter": ",", "input": "\r\n\u0000", "rows": [[], ["\u0000"]], "unclosed": false}
    {"delimiter": ",", "input": ",b c',b cb c,;\n,,'\u0000,\r\n\r\n\r,'\"'\"\u0000", "rows": [["", "b c'", "b cb c", ";"], ["", "", "'\u0000", ""], [], [], ["", "'\"'\"\u0000"]], "unclosed": false}
    {"delimiter": "\t", "input": "\u00e9\t\u0000 '\n\t\r,", "rows": [["\u00e9", "\u0000 '"], ["", ""], [","]], "unclosed": false}
    {"delimiter": ",", "input": "\na,\n\r\n\n\u00e9\r,;\tb ca\"\"'\n,'\t\r;", "rows": [[], ["a", ""], [], [], ["\u00e9"], ["", ";\tb ca\"\"'"], ["", "'\t"], [";"]], "unclosed": false}
    {"delimiter": ",", "input": "\t\n\u0000\u00e9\r\r\nb c\"\u0000, b c\r \u00e9,\"\"", "rows": [["\t"], ["\u0000\u00e9"], [], ["b c\"\u0000", " b c"], [" \u00e9", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\"' \"\"a\\", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "''\",\r\n\"\u00e9\"", "rows": [["''\","], ["\u00e9"]], "unclosed": false}
    {"delimiter": "\t", "input": "b c\t\u0000a\r\r\n\\\n\u0000\\", "rows": [["b c", "\u0000a"], [], ["\\"], ["\u0000\\"]], "unclosed": false}
    {"delimiter": ",", "input": "\t;\r\n\\\\\t ,\n\u00e9\r\n\r\n,,\r\n \u0000\u00e9a\n", "rows": [["\t;"], ["\\\\\t ", ""], ["\u00e9"], [], ["", "", ""], [" \u0000\u00e9a"]], "unclosed": false}
    {"delimiter": ",", "input": "a\u0000 \u00e9", "rows": [["a\u0000 \u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\u0000\r\n;\" ,\"\"a ", "rows": [["\u0000"], [";\" ", "a "]], "unclosed": false}
    {"delimiter": ",", "input": ";b c\u00e9,", "rows": [[";b c\u00e9", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\u00e9\t\n\t\",\r\r\r\n\n;a,\"\"\u00e9 ,'", "rows": [["\u00e9", ""]], "unclosed": true}
    {"delimiter": ",", "input": "b cb ca\u0000;\r,\u00e9b c;\u0000\"\rb c ,", "rows": [["b cb ca\u0000;"], ["", "\u00e9b c;\u0000\""], ["b c ", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\u00e9 ,", "rows": [["\u00e9 ", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "'\t\"\"a\u0000b c\u00e9\r\n\\\t \u00e9\"\", aa\tb c\t", "rows": [["'", "a\u0000b c\u00e9"], ["\\", " \u00e9\"\", aa", "b c", ""]], "unclosed": false}
    {"delimiter": "\t", "input": ",\n\na\t\t';a\nb c\\\n", "rows": [[","], [], ["a", "", "';a"], ["b c\\"]], "unclosed": false}
    {"delimiter": ",", "input": "\"\r ", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\u0000\"\\\"\" \"\"\t", "rows": [["\u0000\"\\\"\" \"\"", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "'\\\t\n\"\" \r,\r\r \u0000a \r\n\"", "rows": [["'\\", ""], [" "], [","], [], [" \u0000a "]], "unclosed": true}
    {"delimiter": ",", "input": "\\\n'\\\\'b c,\r\na\r\n, \u00e9\n\na\u00e9\"\"\"\"\"\"b c", "rows": [["\\"], ["'\\\\'b c", ""], ["a"], ["", " \u00e9"], [], ["a\u00e9\"\"\"\"\"\"b c"]], "unclosed": false}
    {"delimiter": "\t", "input": "\tb c;\"\"a\t,\r\n\r;;,\ta\r\n\"b c\t\u0000\\\u00e9", "rows": [["", "b c;\"\"a", ","], [], [";;,", "a"]], "unclosed": true}
    {"delimiter": ",", "input": "a\"\n\r\n\n", "rows": [["a\""], [], []], "unclosed": false}
    {"delimiter": "\t", "input": "\t'b c\\\tb c", "rows": [["", "'b c\\", "b c"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"a \t\r\n\u00e9'\n\r\na", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": ";\t\u0000a;\"\u00e9\"", "rows": [[";", "\u0000a;\"\u00e9\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\\\t\"\"\"", "rows": [[]], "unclosed": true}
    {"delimiter": ",", "input": "\rb c'\r\n\t\u00e9\r\t \\\r\"\r\n\\\r\n\"\" ,,", "rows": [[], ["b c'"], ["\t\u00e9"], ["\t \\"]], "unclosed": true}
    {"delimiter": ",", "input": ",;\t\u00e9,", "rows": [["", ";\t\u00e9", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\n,,\u00e9b c\tb c\tb c\"\u0000", "rows": [[], [",,\u00e9b c", "b c", "b c\"\u0000"]], "unclosed": false}
    {"delimiter": "\t", "input": "\t,\r\n\t '''\"\"\n", "rows": [["", ","], ["", " '''\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "'b c\r;\t\r\n;\"\r\u0000\t\t;", "rows": [["'b c"], [";\t"], [";\""], ["\u0000\t\t;"]], "unclosed": false}
    {"delimiter": ",", "input": "\u00e9;\t,,\r,\"\"b c,\u0000,\n\"\", \t\\\r", "rows": [["\u00e9;\t", "", ""], ["", "b c", "\u0000", ""], ["", " \t\\"]], "unclosed": false}
    {"delimiter": "\t", "input": "b c'\r\na\u00e9\\\"\";\t'\"\"\\\n\\\\\r\naa\tb c", "rows": [["b c'"], ["a\u00e9\\\"\";", "'\"\"\\"], ["\\\\"], ["aa", "b c"]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\n\ta\t;\"", "rows": [[], ["", "a", ";\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\"';\r\n\u0000\"\t'b c\"\n\t\r\u00e9\n\t'", "rows": [["';\r\n\u0000", "'b c\""], ["", ""], ["\u00e9"], ["", "'"]], "unclosed": false}
    {"delimiter": ",", "input": "a\r\" \r\n\u0000\t\u0000\u00e9\r;\rb c,b c\";\"\";\u00e9,", "rows": [["a"], [" \r\n\u0000\t\u0000\u00e9\r;\rb c,b c;\"\";\u00e9", ""]], "unclosed": false}
    {"delimiter": "\t", "input": ",\u00e9,\",\r\nb c\"\"\n\r\n'\r\r\n\r\n\u00e9\t\u00e9\r\n\\\\", "rows": [[",\u00e9,\","], ["b c\"\""], [], ["'"], [], [], ["\u00e9", "\u00e9"], ["\\\\"]], "unclosed": false}
    {"delimiter": "\t", "input": "a\",\t\n\u00e9'\u0000'\u0000,\"\r", "rows": [["a\",", ""], ["\u00e9'\u0000'\u0000,\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\"\\a,", "rows": [["\\a,"]], "unclosed": false}
    {"delimiter": ",", "input": ",", "rows": [["", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\"\"\"; \"\"a\\\"\t\"\"b c\\\r;\"\t, ", "rows": [["", "\"; \"a\\", "b c\\"], [";\"", ", "]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\"a;\"\"\"\r\n\u00e9\"\u0000\u0000 \\", "rows": [["a;\"\"\""], ["\u00e9\"\u0000\u0000 \\"]], "unclosed": false}
    {"delimiter": "\t", "input": "a\"a\"\\\u0000\u00e9", "rows": [["a\"a\"\\\u0000\u00e9"]], "unclosed": false}
    {"delimiter": "\t", "input": "\u0000\u0000\u00e9\"\"\\\"\"\r\n b c\"\t\r\n\t\"\"", "rows": [["\u0000\u0000\u00e9\"\"\\\"\""], [" b c\"", ""], ["", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\t,\u00e9\u0000\r\\\"\n\" \"\"\u00e9\"\"'\u00e9\n,\r", "rows": [["", ",\u00e9\u0000"], ["\\\""]], "unclosed": true}
    {"delimiter": "\t", "input": ";\"a", "rows": [[";\"a"]], "unclosed": false}
    {"delimiter": ",", "input": ";\u0000", "rows": [[";\u0000"]], "unclosed": false}
    {"delimiter": "\t", "input": "' \r\r\n\"\t\"\"\u0000\u0000\n\r; \tb c\r\n\t,", "rows": [["' "], []], "unclosed": true}
    {"delimiter": "\t", "input": "\u0000\taa\"\u0000\t\"\"\"\\'\u00e9", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\"\r\n,\r\r\na", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": "\r\n\ra\" b c,\"\"\"\",\"\"\"\n\"\";\r\u00e9", "rows": [[], []], "unclosed": true}
    {"delimiter": "\t", "input": "\r\n\t\r\u00e9\\\t'a'\n' ", "rows": [[], ["", ""], ["\u00e9\\", "'a'"], ["' "]], "unclosed": false}
    {"delimiter": ",", "input": "\n,\u0000\r,,\t\na'\t\u0000\\,  \u00e9", "rows": [[], ["", "\u0000"], ["", "", "\t"], ["a'\t\u0000\\", "  \u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": ",\\a\u00e9\"\"\"\",,\u0000", "rows": [["", "\\a\u00e9\"\"\"\"", "", "\u0000"]], "unclosed": false}
    {"delimiter": ",", "input": "\"\"b c;,'\na\r\"b ca,\raa\n''", "rows": [["b c;", "'"], ["a"]], "unclosed": true}
    {"delimiter": ",", "input": "'\n\\,,,\u00e9\"\"\"\u0000 \\b c\r\\ \" '", "rows": [["'"], ["\\", "", "", "\u00e9\"\"\"\u0000 \\b c"], ["\\ \" '"]], "unclosed": false}
    {"delimiter": "\t", "input": "\\'\u0000\"\r\u00e9,'\u0000'\"\"\"\"\",\t\r\t\\\\\"\"\"a", "rows": [["\\'\u0000\""], ["\u00e9,'\u0000'\"\"\"\"\",", ""], ["", "\\\\\"\"\"a"]], "unclosed": false}
    {"delimiter": ",", "input": "\"\"\\a\"\"b c\tb c\r,\\\u00e9a\" \t", "rows": [["\\a\"\"b c\tb c"], ["", "\\\u00e9a\" \t"]], "unclosed": false}
    {"delimiter": ",", "input": ",a\r\n \"\"", "rows": [["", "a"], [" \"\""]], "unclosed": false}
    {"delimiter": ",", "input": "a,\r\nb c\n\r\t,\r\u0000\u0000;,b c", "rows": [["a", ""], ["b c"], [], ["\t", ""], ["\u0000\u0000;", "b c"]], "unclosed": false}
    {"delimiter": ",", "input": " ,\"\r\t;,", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": ",\"\"\"b c\nb cb c ", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": ";\t\"a\\\t\t\n\r\n\t\"\\\r\n\t\"\"'b c", "rows": [[";", "a\\\t\t\n\r\n\t\\"], ["", "'b c"]], "unclosed": false}
    {"delimiter": ",", "input": ",\"\u00e9\"\"\"\"\" ,\r\n\\ \n\"\\\"\"\r\n\\;\u0000", "rows": [["", "\u00e9\"\" ", ""], ["\\ "]], "unclosed": true}
    {"delimiter": ",", "input": "\n\"\"b c\"\"\u0000\n\n,\u0000\r\nb ca,;;\u0000,\"\";\"\",", "rows": [[], ["b c\"\"\u0000"], [], ["", "\u0000"], ["b ca", ";;\u0000", ";\"\"", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\"\r\n ", "rows": [[""], [" "]], "unclosed": false}
    {"delimiter": ",", "input": ",\n\"b c\"\"\" '\",\t ;b c\u00e9\\,,", "rows": [["", ""], ["b c\" '\"", "\t ;b c\u00e9\\", "", ""]], "unclosed": false}
    {"delimiter": ",", "input": "a;,\"\"\"\n\";b ca';\\ ,\r", "rows": [["a;", "\"\n;b ca';\\ ", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\"\u0000\u0000;\r\n\n;\r ", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": "\"\r',\"\"\"\n '\"\"\"\"\u00e9\u0000\n\t\tb c\n\r\n,,,", "rows": [["\r',\""], [" '\"\"\"\"\u00e9\u0000"], ["\t\tb c"], [], ["", "", "", ""]], "unclosed": false}
    {"delimiter": ",", "input": ",\"\r\"\r,\u00e9\r\n\"\",,; \" \"\"\"\" \n\\\"\r\n", "rows": [["", "\r"], ["", "\u00e9"], ["", "", "; \" \"\"\"\" "], ["\\\""]], "unclosed": false}
    {"delimiter": ",", "input": ",,", "rows": [["", "", ""]], "unclosed": false}
    {"delimiter": ",", "input": "  ,;\t", "rows": [["  ", ";\t"]], "unclosed": false}
    {"delimiter": ",", "input": "\u00e9,\"\r\na\u0000,',\rb c\"\\\n\u0000a", "rows": [["\u00e9", "\r\na\u0000,',\rb c\\"], ["\u0000a"]], "unclosed": false}
    {"delimiter": ",", "input": "\u00e9b cb c\"\\\"' a\"\"\r\\\n\u0000,b c\"\",\r,' ", "rows": [["\u00e9b cb c\"\\\"' a\"\""], ["\\"], ["\u0000", "b c\"\"", ""], ["", "' "]], "unclosed": false}
    {"delimiter": ",", "input": "\"\"\"\"\"\";\r\n,\r\r\n", "rows": [["\"\";"], ["", ""], []], "unclosed": false}
    {"delimiter": ",", "input": ",\nb c\"\"\r\n\u0000\"'b c\\\n \u0000;', \r\n;\t\"\"", "rows": [["", ""], ["b c\"\""], ["\u0000\"'b c\\"], [" \u0000;'", " "], [";\t\"\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\"\u0000\t,\"", "rows": [["", "\u0000\t,"]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\u00e9\n\u00e9a\t\t\tb c\n\"\"\t", "rows": [[], ["\u00e9"], ["\u00e9a", "", "", "b c"], ["", ""]], "unclosed": false}
    {"delimiter": ",", "input": ",\"a", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\"\r\n", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": ",\"\"\u00e9\"\"\t\\\r\\ \n,;,\u00e9", "rows": [["", "\u00e9\"\"\t\\"], ["\\ "], ["", ";", "\u00e9"]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\t\t\r", "rows": [["", "", "", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\\\"\"\" \t\t\u00e9", "rows": [["", "\\\"\"\" ", "", "\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\u0000 \"\" ,\r\"\r\n ,;,\"\"\"\"\r\n'\nb c\t\r,b c", "rows": [["\u0000 \"\" ", ""]], "unclosed": true}
    {"delimiter": "\t", "input": "\t\u0000\t\t\t\\;\"\",\"b c\r\n,\\ \"'", "rows": [["", "\u0000", "", "", "\\;\"\",\"b c"], [",\\ \"'"]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\\\" \t", "rows": [[], ["\\\" ", ""]], "unclosed": false}
    {"delimiter": ",", "input": ";\rb c,\"\r'b ca\r\n\\\r\"\",\"\"\r\u00e9", "rows": [[";"]], "unclosed": true}
    {"delimiter": ",", "input": "b c,\n\"\"\"\"\"; b c\\", "rows": [["b c", ""]], "unclosed": true}
    {"delimiter": "\t", "input": "\n,\u00e9\r''\u0000\r", "rows": [[], [",\u00e9"], ["''\u0000"]], "unclosed": false}
    {"delimiter": ",", "input": " \r\r\n'b c;a,;\u0000\\\\", "rows": [[" "], [], ["'b c;a", ";\u0000\\\\"]], "unclosed": false}
    {"delimiter": ",", "input": "\"\\\\'\u00e9,',;\\,\u0000", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": "\"\"\u0000\"\",,,\n\r\r,\u0000\"", "rows": [["\u0000\"\"", "", "", ""], [], [], ["", "\u0000\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\"\"\"; a\" ; \"\n\\\t\u00e9\u0000\"'\u00e9\u0000\"\"", "rows": [["", "\"; a ; \""], ["\\", "\u00e9\u0000\"'\u00e9\u0000\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "\t", "rows": [["\t"]], "unclosed": false}
    {"delimiter": ",", "input": "';\" b c\";,\u0000\r;\r\n\n\"\",\r\n\r, ", "rows": [["';\" b c\";", "\u0000"], [";"], [], ["", ""], [], ["", " "]], "unclosed": false}
    {"delimiter": "\t", "input": " \"'\u00e9\"\t\r\n\r\tb c\u00e9 \n\\", "rows": [[" \"'\u00e9\"", ""], [], ["", "b c\u00e9 "], ["\\"]], "unclosed": false}
    {"delimiter": "\t", "input": "'\"\"\u00e9\t\t;\t\"\r\r\n\r\u0000\t\t\r\t\u0000, \r\n", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": ";\ta\r\r\n \u00e9\t\u00e9\u0000 \u0000\u0000\\ ", "rows": [[";", "a"], [], [" \u00e9", "\u00e9\u0000 \u0000\u0000\\ "]], "unclosed": false}
    {"delimiter": ",", "input": " \";'\u00e9\u00e9\t\r\"\"a\"\",';", "rows": [[" \";'\u00e9\u00e9\t"], ["a\"\"", "';"]], "unclosed": false}
    {"delimiter": "\t", "input": "\n\n\r\" \t\u00e9'\t\t,,\t \\\u00e9", "rows": [[], [], []], "unclosed": true}
    {"delimiter": ",", "input": "\t\u0000\\\",\"\"", "rows": [["\t\u0000\\\"", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\" \"a\t\t\\\t", "rows": [[" \"a", "", "\\", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\"'b c;,a\"\"\r\t\tb c,\r\n", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": "\r\"\"\",\"\"\\\"\n\"\",", "rows": [[], ["\",\"\\"], ["", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "'\"\"\"\r\n", "rows": [["'\"\"\""]], "unclosed": false}
    {"delimiter": ",", "input": ",b c'\t", "rows": [["", "b c'\t"]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\"a\u00e9", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": ",\t\"\" \rb c\u0000'", "rows": [["", "\t\"\" "], ["b c\u0000'"]], "unclosed": false}
    {"delimiter": "\t", "input": ",'", "rows": [[",'"]], "unclosed": false}
    {"delimiter": ",", "input": "\"\"", "rows": [[""]], "unclosed": false}
    {"delimiter": "\t", "input": "a", "rows": [["a"]], "unclosed": false}
    {"delimiter": ",", "input": ",,'\"\",'\r\na\u0000, ,,\\\r\n,", "rows": [["", "", "'\"\"", "'"], ["a\u0000", " ", "", "\\"], ["", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\t\t\r'b c\n \n\r\u00e9\t", "rows": [["", "", "", ""], ["'b c"], [" "], [], ["\u00e9", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "ab c\t\t\u00e9;\"\"\u0000 \n\n\r;", "rows": [["ab c", "", "\u00e9;\"\"\u0000 "], [], [], [";"]], "unclosed": false}
    {"delimiter": ",", "input": ";\"\"\r;,;\"", "rows": [[";\"\""], [";", ";\""]], "unclosed": false}
    {"delimiter": ",", "input": "\r\n\\\n", "rows": [[], ["\\"]], "unclosed": false}
    {"delimiter": "\t", "input": ",,\t\t", "rows": [[",,", "", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\u00e9\u0000,,\u0000\"", "rows": [["\u00e9\u0000", "", "\u0000\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\u00e9;", "rows": [["\u00e9;"]], "unclosed": false}
    {"delimiter": ",", "input": ",\\\r\n\"\"\",,\"\\,,\"", "rows": [["", "\\"]], "unclosed": true}
    {"delimiter": "\t", "input": "\"\\\n\t\u00e9'\u0000\n\tb c\r\n,\r\t", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\t\n'\"\"\"b c\r\n", "rows": [["", ""], ["'\"\"\"b c"]], "unclosed": false}
    {"delimiter": ",", "input": "\n\r'\n, a\\\r'\u00e9\u00e9\"", "rows": [[], [], ["'"], ["", " a\\"], ["'\u00e9\u00e9\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\r\n\"\r\t\n\u0000\" \u00e9\u00e9a", "rows": [["\r\n"], ["", ""], ["\u0000\" \u00e9\u00e9a"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\t\u00e9\r\n\u00e9\t\n", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\u0000\"\"\t\"\r\t\ra\t\n'", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": " \u00e9'\t\\\u0000\t\u0000", "rows": [[" \u00e9'", "\\\u0000", "\u0000"]], "unclosed": false}
    {"delimiter": "\t", "input": "b c\n\n\u00e9\r\n\u0000b c;b c\r\n", "rows": [["b c"], [], ["\u00e9"], ["\u0000b c;b c"]], "unclosed": false}
    {"delimiter": "\t", "input": "\";,\u00e9\u0000 ", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\"\"\u00e9", "rows": [["\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\\\\,\",\u00e9\" \"\"\\b c,\"\"\r", "rows": [["\\\\", ",\u00e9 \"\"\\b c", ""]], "unclosed": false}
    {"delimiter": ",", "input": ",,\"\"'b c,\n \"b c'\"\t,;,\r\n,'\",\r\n\u0000", "rows": [["", "", "'b c", ""], [" \"b c'\"\t", ";", ""], ["", "'\"", ""], ["\u0000"]], "unclosed": false}
    {"delimiter": "\t", "input": ", ,\u00e9\r\n'a;a\"\",\t\\\u00e9\"\r\"\"\"\"\"\"", "rows": [[", ,\u00e9"], ["'a;a\"\",", "\\\u00e9\""], ["\"\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\u0000\t\r\u0000;\\\t\t\n", "rows": [["\u0000", ""], ["\u0000;\\", "", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\"\"b c\"\"\u00e9,\r;\r,\r,\"a", "rows": [["b c\"\"\u00e9", ""], [";"], ["", ""]], "unclosed": true}
    {"delimiter": ",", "input": " b c,b cb c\r\n\u0000\"\n,\n\\;", "rows": [[" b c", "b cb c"], ["\u0000\""], ["", ""], ["\\;"]], "unclosed": false}
    {"delimiter": ",", "input": "\r'\t\"\" \u0000\t\r\u00e9\"\";\"", "rows": [[], ["'\t\"\" \u0000\t"], ["\u00e9\"\";\""]], "unclosed": false}
    {"delimiter": ",", "input": ",\u0000b c\n\r\n\r,\"\"\u0000a\r\n\na\" a", "rows": [["", "\u0000b c"], [], [], ["", "\u0000a"], [], ["a\" a"]], "unclosed": false}
    {"delimiter": "\t", "input": "b cb c\u00e9\t,b c\t\r,\r\"", "rows": [["b cb c\u00e9", ",b c", ""], [","]], "unclosed": true}
    {"delimiter": ",", "input": ",,'b c,\" \"\"", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": " \tb cb c\",\"\r\n \r\n;,,a\u0000", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": "\"\"\r\n\u0000\"\"\",\u00e9'\u00e9,\r\n\\\",\"\t\n\u00e9;", "rows": [[""], ["\u0000\"\"\"", "\u00e9'\u00e9", ""]], "unclosed": true}
    {"delimiter": "\t", "input": "\u00e9 \u00e9\u0000\"\" \u00e9\t\t\"\"\\\"\r\n;\"'''", "rows": [["\u00e9 \u00e9\u0000\"\" \u00e9", "", "\\\""], [";\"'''"]], "unclosed": false}
    {"delimiter": "\t", "input": "\n  ,\r\u0000b c\t\t\u0000\" \u00e9\u00e9\u00e9\"\",\u00e9\"\r\n", "rows": [[], ["  ,"], ["\u0000b c", "", "\u0000\" \u00e9\u00e9\u00e9\"\",\u00e9\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\t\u0000b c\n;\n\t\u00e9\t\t,\u0000\t\t\"", "rows": [["\t\u0000b c\n;\n\t\u00e9\t\t,\u0000\t\t"]], "unclosed": false}
    {"delimiter": ",", "input": "\r\n\\'a\u00e9\"\n\"\u00e9,\r\n\r,\\ ,b c\u0000\n\"\u00e9", "rows": [[], ["\\'a\u00e9\""], ["\u00e9,\r\n\r,\\ ,b c\u0000\n\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\t\r\n\"\"\",,;\r", "rows": [["\t"]], "unclosed": true}
    {"delimiter": ",", "input": "\",", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": "\n\n\r\n';\r\n\"\"\"\t,\ta\"\"", "rows": [[], [], [], ["';"]], "unclosed": true}
    {"delimiter": "\t", "input": "\t\t,,\"\"\"\"\"\n\taa,\r\n\u00e9\"\"\n\u0000'", "rows": [["", "", ",,\"\"\"\"\""], ["", "aa,"], ["\u00e9\"\""], ["\u0000'"]], "unclosed": false}
    {"delimiter": ",", "input": "\"\"\"\\, \"\",", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\n;\u00e9\t\rb c \r\n,", "rows": [[], [";\u00e9", ""], ["b c "], [","]], "unclosed": false}
    {"delimiter": "\t", "input": "a;' \r\"\"\u00e9\u0000\"\"b c\"\n\u0000\"\r\r\"\r\n\r\n,\t\n", "rows": [["a;' "], ["\u00e9\u0000\"\"b c\""], ["\u0000\""], []], "unclosed": true}
    {"delimiter": ",", "input": " \n\"\",,\t  \";\tb c\u0000,\r\n\r \"\";\u0000,,\u0000", "rows": [[" "], ["", "", "\t  \";\tb c\u0000", ""], [], [" \"\";\u0000", "", "\u0000"]], "unclosed": false}
    {"delimiter": "\t", "input": "\\b c\t\t\\b c\t\r;\r\n;\"\\\u00e9\t\r\n\"\t,\\'b c", "rows": [["\\b c", "", "\\b c", ""], [";"], [";\"\\\u00e9", ""]], "unclosed": true}
    {"delimiter": ",", "input": "\"\"b c\t'\\\\,\u0000\\", "rows": [["b c\t'\\\\", "\u0000\\"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\u00e9\t\"\"\\;a;b c\t\"\";;\"a ", "rows": [["\u00e9\t\"\\;a;b c\t\";;a "]], "unclosed": false}
    {"delimiter": ",", "input": ",\r\n\u00e9\"\"\n a\u00e9\n'\u00e9", "rows": [["", ""], ["\u00e9\"\""], [" a\u00e9"], ["'\u00e9"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\t\t\"\u00e9;\t\t", "rows": [["\t\t\u00e9;", "", ""]], "unclosed": false}
    {"delimiter": "\t", "input": ",\"\"b c\t\r\n\\b c\t\u0000b c\n\"\"\\\r\n\u00e9 ", "rows": [[",\"\"b c", ""], ["\\b c", "\u0000b c"], ["\\"], ["\u00e9 "]], "unclosed": false}
    {"delimiter": "\t", "input": "\n\"\"\"\"\\a", "rows": [[], ["\"\\a"]], "unclosed": false}
    {"delimiter": ",", "input": ";'", "rows": [[";'"]], "unclosed": false}
    {"delimiter": ",", "input": "\r,\r\n\r\" ;\r \tb c\t'\n", "rows": [[], ["", ""], []], "unclosed": true}
    {"delimiter": "\t", "input": "\u0000\u00e9\"", "rows": [["\u0000\u00e9\""]], "unclosed": false}
    {"delimiter": ",", "input": "a;\r\u00e9,,\"b c\u00e9\r\r\n,\r\n\r,", "rows": [["a;"]], "unclosed": true}
    {"delimiter": "\t", "input": "\"\"\"\",\",\\\"\"\" \rb c\n", "rows": [["\",\",\\\"\"\" "], ["b c"]], "unclosed": false}
    {"delimiter": ",", "input": "b c\t\"\u0000", "rows": [["b c\t\"\u0000"]], "unclosed": false}
    {"delimiter": "\t", "input": "\u00e9\\\"\"\"\"'", "rows": [["\u00e9\\\"\"\"\"'"]], "unclosed": false}
    {"delimiter": "\t", "input": "\u00e9\n\"\"\r\na\"\"\"\"\u0000\\", "rows": [["\u00e9"], [""], ["a\"\"\"\"\u0000\\"]], "unclosed": false}
    {"delimiter": ",", "input": ";\t\nb c\u00e9\u00e9,,\r\n,\u00e9\n,,,\\", "rows": [[";\t"], ["b c\u00e9\u00e9", "", ""], ["", "\u00e9"], ["", "", "", "\\"]], "unclosed": false}
    {"delimiter": ",", "input": "\u00e9,b c\t'\"\"b c\u00e9\" \r\u00e9", "rows": [["\u00e9", "b c\t'\"\"b c\u00e9\" "], ["\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\u0000\n\tb c,\u0000a,b c", "rows": [["\u0000"], ["\tb c", "\u0000a", "b c"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\"", "rows": [[""]], "unclosed": false}
    {"delimiter": ",", "input": "\u00e9, \r\n,a\"\"\n\n\u00e9\na", "rows": [["\u00e9", " "], ["", "a\"\""], [], ["\u00e9"], ["a"]], "unclosed": false}
    {"delimiter": "\t", "input": "\t'\t\u0000a\u00e9\r\n\r\r\n\t\u00e9\"", "rows": [["", "'", "\u0000a\u00e9"], [], [], ["", "\u00e9\""]], "unclosed": false}
    {"delimiter": ",", "input": "'\\,''\u0000\\;\ta\r,,\r\na\u00e9,;\"\u00e9b c\"\"", "rows": [["'\\", "''\u0000\\;\ta"], ["", "", ""], ["a\u00e9", ";\"\u00e9b c\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "\na '\"\" \u0000\"\n\r;,\"\"", "rows": [[], ["a '\"\" \u0000\""], [], [";", ""]], "unclosed": false}
    {"delimiter": ",", "input": ",b c", "rows": [["", "b c"]], "unclosed": false}
    {"delimiter": "\t", "input": "\\\u0000,\u00e9\u00e9\"\"\"\r\n\n\"\"\r\r\n\"\"\t\"", "rows": [["\\\u0000,\u00e9\u00e9\"\"\""], [], [""], []], "unclosed": true}
    {"delimiter": "\t", "input": "\t\n \"\"\t'\\b c\\\t\t,\\a\t\t \t", "rows": [["", ""], [" \"\"", "'\\b c\\", "", ",\\a", "", " ", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\u00e9,\"\";\"\t'\r\u0000\t\u0000", "rows": [["\u00e9", ";\"\t'"], ["\u0000\t\u0000"]], "unclosed": false}
    {"delimiter": ",", "input": "\ra\\\r\n\n,\u0000,b c\\\r\r\n\r\n\na,\u00e9,\" ", "rows": [[], ["a\\"], [], ["", "\u0000", "b c\\"], [], [], []], "unclosed": true}
    {"delimiter": "\t", "input": "b c\u0000;,", "rows": [["b c\u0000;,"]], "unclosed": false}
    {"delimiter": "\t", "input": "\u00e9b c\"\"\t \t\t'\n', \t\ta\"a\t,,b c\n\t", "rows": [["\u00e9b c\"\"", " ", "", "'"], ["', ", "", "a\"a", ",,b c"], ["", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\u0000\"\u0000\t\u0000;\u00e9b c\t\u0000;'\u0000\u00e9b c;\r\n,\\a\u00e9\r", "rows": [["\u0000\"\u0000", "\u0000;\u00e9b c", "\u0000;'\u0000\u00e9b c;"], [",\\a\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\r\",,\u00e9", "rows": [[]], "unclosed": true}
    {"delimiter": "\t", "input": "\"\t\\\r\n\u0000 ", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\"'\"\"", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\r\n\r'\u00e9\n,\t\r\n,\t,\"\"'\t\t", "rows": [[], [], ["'\u00e9"], [",", ""], [",", ",\"\"'", "", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "'\t\r \"\t;\u00e9", "rows": [["'", ""], [" \"", ";\u00e9"]], "unclosed": false}
    {"delimiter": "\t", "input": ",\r\n\u00e9\"\t\\;\n\u00e9\u0000\"\"\t\t\u00e9\r\u0000ab c", "rows": [[","], ["\u00e9\"", "\\;"], ["\u00e9\u0000\"\"", "", "\u00e9"], ["\u0000ab c"]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\"\"\u0000", "rows": [["", "\u0000"]], "unclosed": false}
    {"delimiter": ",", "input": "a\r\r  \"\"\u0000,b c\"\u0000", "rows": [["a"], [], ["  \"\"\u0000", "b c\"\u0000"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\"\\'\t ,\r\t',\"\u00e9\r\n\n\r\nb c\";a", "rows": [["\\'", " ,"], ["", "',\"\u00e9"], [], [], ["b c\";a"]], "unclosed": false}
    {"delimiter": "\t", "input": "a\n\n,;'\r\u0000\t'\t',\r\\\"\tb c\u00e9", "rows": [["a"], [], [",;'"], ["\u0000", "'", "',"], ["\\\"", "b c\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\u0000\n,\t'\u0000\"\"\";\"\"\u00e9\r\" ,\t", "rows": [["\u0000"], ["", "\t'\u0000\"\"\";\"\"\u00e9"]], "unclosed": true}
    {"delimiter": "\t", "input": "\"\n\n", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\u00e9\ta'a\",a\r\t'\nb cb c\t\t \\ \\\r\na;", "rows": [["\u00e9", "a'a\",a"], ["", "'"], ["b cb c", "", " \\ \\"], ["a;"]], "unclosed": false}
    {"delimiter": ",", "input": "a\u00e9\"\",\n,,\"\"", "rows": [["a\u00e9\"\"", ""], ["", "", ""]], "unclosed": false}
    {"delimiter": "\t", "input": ",\"\u0000\r\n\r\n\\\\;\r\t\t\"\"a\r\na,\u0000,b c\r\n;", "rows": [[",\"\u0000"], [], ["\\\\;"], ["", "", "a"], ["a,\u0000,b c"], [";"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\u00e9 \t\u0000\ta\u0000\"\"\n \u0000\r\n\r\nab c\u0000''\t", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\tb c'\r\n ;\u00e9\n'' \\'\r\n", "rows": [["", "b c'"], [" ;\u00e9"], ["'' \\'"]], "unclosed": false}
    {"delimiter": ",", "input": "\r\n,'\t\n'\"a\u00e9\ra\r\\b cb c\"\"\n\t,", "rows": [[], ["", "'\t"], ["'\"a\u00e9"], ["a"], ["\\b cb c\"\""], ["\t", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\"\"\"\r\t\"\"\"\n,,\"\u00e9\t\n", "rows": [["\"\r\t\""]], "unclosed": true}
    {"delimiter": "\t", "input": "',\"\"\"\r\u0000\u00e9\r\n", "rows": [["',\"\"\""], ["\u0000\u00e9"]], "unclosed": false}
    {"delimiter": "\t", "input": "'\"\t\t\n\n \ra\"\"\\\u0000 \"\"\"\u00e9\r", "rows": [["'\"", "", ""], [], [" "], ["a\"\"\\\u0000 \"\"\"\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\t\"\"", "rows": [["\t\"\""]], "unclosed": false}
    {"delimiter": ",", "input": ",\"\"\u00e9\n\u00e9\",\n,\u00e9\u0000\r\r\n'\n\"\"\r\n\u0000\u0000,\t\n\u0000", "rows": [["", "\u00e9"], ["\u00e9\"", ""], ["", "\u00e9\u0000"], [], ["'"], [""], ["\u0000\u0000", "\t"], ["\u0000"]], "unclosed": false}
    {"delimiter": ",", "input": "\u00e9,'\"\u00e9\t\r,,\t", "rows": [["\u00e9", "'\"\u00e9\t"], ["", "", "\t"]], "unclosed": false}
    {"delimiter": "\t", "input": "a\r\"\"\"\t\t\t\r\n", "rows": [["a"]], "unclosed": true}
    {"delimiter": "\t", "input": "\r\u0000\"\";\"a\"\"", "rows": [[], ["\u0000\"\";\"a\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "\u0000\r\r", "rows": [["\u0000"], []], "unclosed": false}
    {"delimiter": "\t", "input": "\tb ca\"\"a\"\"\r\n\t\r\n\"\"\"\"\"\u00e9b c\t\n\"", "rows": [["", "b ca\"\"a\"\""], ["", ""], ["\"\"\u00e9b c\t\n"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\u0000\\a\"\"\t\n\"\t\"\t\"\\'\"\"", "rows": [["\u0000\\a\"\t\n", "\t\\'\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "\r\n\u0000\u00e9\"", "rows": [[], ["\u0000\u00e9\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\t,\u0000\\b c\"\"\"\"\u00e9", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": ",'a", "rows": [[",'a"]], "unclosed": false}
    {"delimiter": ",", "input": "\\;\"\"\u00e9\n\r;'\"\",\n,\u0000'", "rows": [["\\;\"\"\u00e9"], [], [";'\"\"", ""], ["", "\u0000'"]], "unclosed": false}
    {"delimiter": "\t", "input": " \r\n\\\r\t", "rows": [[" "], ["\\"], ["", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\u0000\u00e9 \\\u0000\n\u00e9,", "rows": [["", "\u0000\u00e9 \\\u0000"], ["\u00e9,"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\"\"\t\r\n\\\u00e9\rb c", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\r ", "rows": [[], [" "]], "unclosed": false}
    {"delimiter": "\t", "input": "b c\r", "rows": [["b c"]], "unclosed": false}
    {"delimiter": ",", "input": "\r\n',\t\"\"", "rows": [[], ["'", "\t\"\""]], "unclosed": false}
    {"delimiter": ",", "input": ";\"\"\"\t\r\n\r\n,; \u0000 \\", "rows": [[";\"\"\"\t"], [], ["", "; \u0000 \\"]], "unclosed": false}
    {"delimiter": ",", "input": "''\"\"a,,\t,\r,\u00e9\u0000b c\"\\'\u0000\n\"\"a", "rows": [["''\"\"a", "", "\t", ""], ["", "\u00e9\u0000b c\"\\'\u0000"], ["a"]], "unclosed": false}
    {"delimiter": ",", "input": "\"\u00e9b c,b c", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": "\\\n\u0000 \"\";;\n\"\r,\n", "rows": [["\\"], ["\u0000 \"\";;"]], "unclosed": true}
    {"delimiter": ",", "input": "\\,;\u0000b c ,'\"\"a\r\n", "rows": [["\\", ";\u0000b c ", "'\"\"a"]], "unclosed": false}
    {"delimiter": ",", "input": ",a,", "rows": [["", "a", ""]], "unclosed": false}
    {"delimiter": ",", "input": ",b c", "rows": [["", "b c"]], "unclosed": false}
    {"delimiter": ",", "input": ", \"\"\",b c'\u00e9\\,\r'\na", "rows": [["", " \"\"\"", "b c'\u00e9\\", ""], ["'"], ["a"]], "unclosed": false}
    {"delimiter": "\t", "input": "\n\r\n\na;\t\u00e9\"\r\n\ta\t\\\u0000\t", "rows": [[], [], [], ["a;", "\u00e9\""], ["", "a", "\\\u0000", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\n,\u00e9\u00e9\\;\\,\r\t \\a,\u0000;'b c", "rows": [[], ["", "\u00e9\u00e9\\;\\", ""], ["\t \\a", "\u0000;'b c"]], "unclosed": false}
    {"delimiter": ",", "input": "\n\"\" ;\\\", ", "rows": [[], [" ;\\\"", " "]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\"'\t\t\",,b c\"\t\r\n\"\u00e9\t'\t\t \"", "rows": [["'", "", ",,b c", ""], ["\u00e9\t'\t\t "]], "unclosed": false}
    {"delimiter": ",", "input": "\t\u00e9\u00e9a\u00e9,\",\t\t\",,\u00e9,\u0000\"\"\"\t\"", "rows": [["\t\u00e9\u00e9a\u00e9", ",\t\t", "", "\u00e9", "\u0000\"\"\"\t\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\"", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": ",\"\"\u0000a\r\"a\"\"\u00e9;,\"\"a", "rows": [["", "\u0000a"]], "unclosed": true}
    {"delimiter": ",", "input": "a\"\"", "rows": [["a\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "b c", "rows": [["b c"]], "unclosed": false}
    {"delimiter": "\t", "input": "\rb c\n'\u00e9", "rows": [[], ["b c"], ["'\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\n;\n\r\n\u00e9\u0000a\u0000\\\r,,\r\"\u00e9\u00e9\"\t", "rows": [[], [";"], [], ["\u00e9\u0000a\u0000\\"], ["", "", ""], ["\u00e9\u00e9\t"]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\n\"\u0000\nb c\\\r '\" \u0000\r \\\"\r\n'", "rows": [[], ["\u0000\nb c\\\r ' \u0000"], [" \\\""], ["'"]], "unclosed": false}
    {"delimiter": "\t", "input": "\u00e9\t\u00e9\t", "rows": [["\u00e9", "\u00e9", ""]], "unclosed": false}
    {"delimiter": "\t", "input": ",'a\t\t\t\\\r\t ", "rows": [[",'a", "", "", "\\"], ["", " "]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\n,'\t\"\"'\r\n\u00e9;\"\" ;\n\u0000", "rows": [[], [",'", "'"], ["\u00e9;\"\" ;"], ["\u0000"]], "unclosed": false}
    {"delimiter": ",", "input": "\"b ca\\\r\tb c,,,\"", "rows": [["b ca\\\r\tb c,,,"]], "unclosed": false}
    {"delimiter": ",", "input": ", \"\n,\"\"\u0000\r\n \r\"'", "rows": [["", " \""], ["", "\u0000"], [" "]], "unclosed": true}
    {"delimiter": "\t", "input": "aa\"\"\r\n\r\nb c\r\n \r\n\t\tb c,\r\r\u00e9\u00e9", "rows": [["aa\"\""], [], ["b c"], [" "], ["", "", "b c,"], [], ["\u00e9\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\\\",", "rows": [["\\\"", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\\\tb c'a,\n\u00e9\ta\\,\"\r\\\r\n\\", "rows": [["\\\tb c'a", ""]], "unclosed": true}
    {"delimiter": "\t", "input": "\r\n\\\t\t\t\r\"\\\t;\n,''", "rows": [[], ["\\", "", "", ""]], "unclosed": true}
    {"delimiter": ",", "input": "\",", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "  \t\r\n;\t\"\u00e9\r\n\\\t\u0000\"\"\"\t \"\t\n\ra\u0000", "rows": [["  ", ""], [";", "\u00e9\r\n\\\t\u0000\"", " \"", ""], [], ["a\u0000"]], "unclosed": false}
    {"delimiter": ",", "input": ";b ca,b c\",\u00e9\u0000'\u00e9\\", "rows": [[";b ca", "b c\"", "\u00e9\u0000'\u00e9\\"]], "unclosed": false}
    {"delimiter": ",", "input": "\r\"\u0000\"\"\n", "rows": [[]], "unclosed": true}
    {"delimiter": "\t", "input": "b c", "rows": [["b c"]], "unclosed": false}
    {"delimiter": "\t", "input": " \t\\,a\"\"", "rows": [[" ", "\\,a\"\""]], "unclosed": false}
    {"delimiter": ",", "input": ",\r\n \"\"\"\u00e9", "rows": [["", ""], [" \"\"\"\u00e9"]], "unclosed": false}
    {"delimiter": "\t", "input": "\r;;\"\";\u00e9\t\r '\"\"\u0000\r\"\"\u00e9\n\";\n'", "rows": [[], [";;\"\";\u00e9", ""], [" '\"\"\u0000"], ["\u00e9"]], "unclosed": true}
    {"delimiter": ",", "input": "b c\u0000'a\t\",\u0000\n\u00e9", "rows": [["b c\u0000'a\t\"", "\u0000"], ["\u00e9"]], "unclosed": false}
    {"delimiter": "\t", "input": "'\ta\t;\\\r\n,\u00e9\"\r,\n,\"\t\t\u00e9", "rows": [["'", "a", ";\\"], [",\u00e9\""], [","], [",\"", "", "\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\\\u00e9;", "rows": [["\\\u00e9;"]], "unclosed": false}
    {"delimiter": "\t", "input": " b c;\"\"", "rows": [[" b c;\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "\\\u00e9,\r\n\r\r\na\t\"\u00e9\"\"", "rows": [["\\\u00e9", ""], [], [], ["a\t\"\u00e9\"\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\n\u0000\r,\\\u00e9\r\n;\u00e9;\t;;;; \"\\\t\n\"", "rows": [[], ["\u0000"], [",\\\u00e9"], [";\u00e9;", ";;;; \"\\", ""]], "unclosed": true}
    {"delimiter": "\t", "input": "\u00e9\r\n\"\t\t,\"b c\t", "rows": [["\u00e9"], ["\t\t,b c", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "  \n\t,\t\t\u0000", "rows": [["  "], ["", ",", "", "\u0000"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\r\n\";\",\"\t\t'\"\"\r\"\t;\t'", "rows": [["\r\n;\",\"", "", "'\"\""]], "unclosed": true}
    {"delimiter": ",", "input": "\r;\n\t,;", "rows": [[], [";"], ["\t", ";"]], "unclosed": false}
    {"delimiter": ",", "input": "',\"\"\r\t\n,", "rows": [["'", ""], ["\t"], ["", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\"\r\n\t\u0000,;\t\t\"\t\u00e9\r\n\r\\\n\"\\'", "rows": [[""], ["", "\u0000,;", "", "\t\u00e9\r\n\r\\\n\\'"]], "unclosed": false}
    {"delimiter": "\t", "input": ",\r\r\n\",\u00e9;;\u00e9", "rows": [[","], []], "unclosed": true}
    {"delimiter": ",", "input": " \r,\u00e9", "rows": [[" "], ["", "\u00e9"]], "unclosed": false}
    {"delimiter": "\t", "input": "\n\t\r\t\t\u00e9\"\"", "rows": [[], ["", ""], ["", "", "\u00e9\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "a", "rows": [["a"]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\r\n\" \"\t", "rows": [[], [], [" ", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\t \t\"\tb c\t\r\r\naa\r\n;\\\t'a\"\"\tb c\"b c\t", "rows": [["", " ", "\tb c\t\r\r\naa\r\n;\\\t'a\"\tb cb c", ""]], "unclosed": false}
    {"delimiter": ",", "input": ",\"\t'\t\"\"\r\nb c\na\r", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": ",;\t\t;\\\n,b c'\u0000\t;\"\r\n a \t\"; a", "rows": [[",;", "", ";\\"], [",b c'\u0000", ";\""]], "unclosed": true}
    {"delimiter": "\t", "input": "\"\"\t\t", "rows": [["", "", ""]], "unclosed": false}
    {"delimiter": ",", "input": ",\u00e9\t\t,\\\u0000\"\"\", aa\n", "rows": [["", "\u00e9\t\t", "\\\u0000\"\"\"", " aa"]], "unclosed": false}
    {"delimiter": "\t", "input": "a\r\n\u00e9\n''\t;", "rows": [["a"], ["\u00e9"], ["''", ";"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\"b c;\t;\u0000\"\u0000\"\"\"\u00e9\t\u00e9", "rows": [["b c;", ";\u0000\"\u0000\"\"\"\u00e9", "\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\\\n\r\n,", "rows": [["\\"], [], ["", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\\;\"\"\"'\u00e9\\", "rows": [["\\;\"\"\"'\u00e9\\"]], "unclosed": false}
    {"delimiter": "\t", "input": "'", "rows": [["'"]], "unclosed": false}
    {"delimiter": "\t", "input": ";\u00e9b c\t\t\u00e9,\t\"\"\", \u00e9\rb c\\\u0000\u0000", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "a\u00e9b cb cb cb c\r\t\t\u0000 a\u00e9a;", "rows": [["a\u00e9b cb cb cb c"], ["", "", "\u0000 a\u00e9a;"]], "unclosed": false}
    {"delimiter": "\t", "input": "a\t\t\\\"\"", "rows": [["a", "", "\\\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "\"\u00e9\tb c,a\n\n\"\"", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\\\ta;a\n\t\t ", "rows": [["\\", "a;a"], ["", "", " "]], "unclosed": false}
    {"delimiter": "\t", "input": "\r;\t \r\n\t\u00e9;\n\t\n \u0000'\u0000\"\"\"\"", "rows": [[], [";", " "], ["", "\u00e9;"], ["", ""], [" \u0000'\u0000\"\"\"\""]], "unclosed": false}
    {"delimiter": ",", "input": ",\t \r\n\"\u0000 b c\r\n\r\n'b c\r\n,\u0000", "rows": [["", "\t "]], "unclosed": true}
    {"delimiter": ",", "input": "\"\ra", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": "\t,", "rows": [["\t", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\"\"", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "'\u0000\n\n", "rows": [["'\u0000"], []], "unclosed": false}
    {"delimiter": ",", "input": "\u0000,;\u0000", "rows": [["\u0000", ";\u0000"]], "unclosed": false}
    {"delimiter": ",", "input": "\n \u0000'", "rows": [[], [" \u0000'"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"\"  b c' \tb c", "rows": [["  b c' ", "b c"]], "unclosed": false}
    {"delimiter": "\t", "input": ";'\t; ',b c\u0000\"\u0000\t\"\"\"\"\t\t;\u00e9a\r\rb c", "rows": [[";'", "; ',b c\u0000\"\u0000", "\"", "", ";\u00e9a"], [], ["b c"]], "unclosed": false}
    {"delimiter": "\t", "input": "\\\"a;\u0000\n\t\";\\ \"\r\u0000; b c\n,,", "rows": [["\\\"a;\u0000"], ["", ";\\ "], ["\u0000; b c"], [",,"]], "unclosed": false}
    {"delimiter": "\t", "input": "'\\'b c\r\\", "rows": [["'\\'b c"], ["\\"]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\"\"", "rows": [["", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\u00e9\t\t\n\"\"ab c\t\r\n \"\"\n\n\"", "rows": [["\u00e9", "", ""], ["ab c", ""], [" \"\""], []], "unclosed": true}
    {"delimiter": "\t", "input": "\\\"", "rows": [["\\\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\n,';,\rb c,\"\n;\"\\\"\"\"\t", "rows": [[], [",';,"], ["b c,\""], [";\"\\\"\"\"", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\u0000\"\"\"\",\"\t'\"'\r\n\t\"\t,b c\t\u0000b c\n\"\t\r\n", "rows": [["\u0000\"\"\"\",\"", "'\"'"], ["", "\t,b c\t\u0000b c\n", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\t;\u0000\u00e9", "rows": [["", ";\u0000\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": ",\u00e9\"\"\"\r\n\"\",\\\n\\", "rows": [["", "\u00e9\"\"\""], ["", "\\"], ["\\"]], "unclosed": false}
    {"delimiter": ",", "input": ",\\\\;\"\" \u0000, b c,\"\",", "rows": [["", "\\\\;\"\" \u0000", " b c", "", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\u0000\"\"\r\t\"\u0000\u0000\\\t'a\"", "rows": [["\u0000\"\""], ["", "\u0000\u0000\\\t'a"]], "unclosed": false}
    {"delimiter": "\t", "input": "b c\r\t\t\u00e9,\n';\"\"\n,\"'\t\u00e9\u00e9\"\"'\"", "rows": [["b c"], ["", "", "\u00e9,"], ["';\"\""], [",\"'", "\u00e9\u00e9\"\"'\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\t'\t\t\"\"\"\"\\ab c\u0000\t;\r'\"\r\t\"\t\rb c", "rows": [["", "'", "", "\"\\ab c\u0000", ";"], ["'\""]], "unclosed": true}
    {"delimiter": "\t", "input": "\u0000\n", "rows": [["\u0000"]], "unclosed": false}
    {"delimiter": "\t", "input": "\\\t\t\t\u0000\tb c;\n\u00e9a", "rows": [["\\", "", "", "\u0000", "b c;"], ["\u00e9a"]], "unclosed": false}
    {"delimiter": "\t", "input": "\n\r\"\u00e9\"\"\"\"\",\";\r\n\"\r\n,\r\n\t\u0000\"\"'\t", "rows": [[], [], ["\u00e9\"\",\";"]], "unclosed": true}
    {"delimiter": ",", "input": ",\"\r\n\t,\t,\\'\t,\r \r\n, '\u0000'\" ;\n", "rows": [["", "\r\n\t,\t,\\'\t,\r \r\n, '\u0000' ;"]], "unclosed": false}
    {"delimiter": "\t", "input": "\n\r\"\"\t\\", "rows": [[], [], ["", "\\"]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\n\"\u0000\"\"\"\t\"\"\"\t\"\"\r\n\r\n;\t\"\t\t", "rows": [["", ""], ["\u0000\"", "\"\t\"\r\n\r\n;\t", "", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\t\"\"", "rows": [["\t\"\""]], "unclosed": false}
    {"delimiter": "\t", "input": "\n,\"\\'\"\n\t,\r\n\r\u0000\t\"\"\"\tb c' ", "rows": [[], [",\"\\'\""], ["", ","], []], "unclosed": true}
    {"delimiter": ",", "input": "\" ;;\n;", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": " ,,\n\n,'\"\",\\\u0000\n;b c,a\n\u00e9a,\r\r", "rows": [[" ", "", ""], [], ["", "'\"\"", "\\\u0000"], [";b c", "a"], ["\u00e9a", ""], []], "unclosed": false}
    {"delimiter": "\t", "input": "\u00e9\r\t\"\"", "rows": [["\u00e9"], ["", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\n\",\\\\\t\n,\nb c';\u00e9\"\"", "rows": [[]], "unclosed": true}
    {"delimiter": "\t", "input": "\"b c\\b cb c,'\n\\\\'a\r\n\t;\\b c; \\", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": "\u0000b c\"\"\\''\u0000\t,\r\"\"\\ ',,\t\t\"\"", "rows": [["\u0000b c\"\"\\''\u0000\t", ""], ["\\ '", "", "\t\t\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "\r\n,\r\n\r\r\r\n\r\n ,\u00e9 \n\\'\t", "rows": [[], ["", ""], [], [], [], [], [" ", "\u00e9 "], ["\\'\t"]], "unclosed": false}
    {"delimiter": ",", "input": "\"\u00e9\r\n \n\r\n\\\\\",\t\t", "rows": [["\u00e9\r\n \n\r\n\\\\", "\t\t"]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\n\r\r\"'a\\\"\" \t \u0000b c\t", "rows": [[], [], []], "unclosed": true}
    {"delimiter": ",", "input": ",b c,',\n\t;\\\"\"\r\n a\u0000\"\"\"\"\",;\n\"\u00e9", "rows": [["", "b c", "'", ""], ["\t;\\\"\""], [" a\u0000\"\"\"\"\"", ";"]], "unclosed": true}
    {"delimiter": "\t", "input": "b c\n\taa\tb c'\r\n\u0000\n\u0000\t", "rows": [["b c"], ["", "aa", "b c'"], ["\u0000"], ["\u0000", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "a\u00e9\t;\\\"\";\t;\t\"';\"\t ", "rows": [["a\u00e9", ";\\\"\";", ";", "';", " "]], "unclosed": false}
    {"delimiter": ",", "input": "a,\u00e9b c\r\n,\"\"", "rows": [["a", "\u00e9b c"], ["", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\rb c\u0000", "rows": [[], ["b c\u0000"]], "unclosed": false}
    {"delimiter": ",", "input": ",,;\u00e9", "rows": [["", "", ";\u00e9"]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\"\" \r\t;\t\r ", "rows": [["", " "], ["", ";", ""], [" "]], "unclosed": false}
    {"delimiter": "\t", "input": "\u00e9;\"\n\u00e9 \u00e9\n\"\"", "rows": [["\u00e9;\""], ["\u00e9 \u00e9"], [""]], "unclosed": false}
    {"delimiter": ",", "input": "\r\u00e9\",", "rows": [[], ["\u00e9\"", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\"", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": "\r\n,\",,\r\r,\u0000\r\n", "rows": [[]], "unclosed": true}
    {"delimiter": "\t", "input": " \t\\\"b c\r\n\"\t\r\n\t", "rows": [[" ", "\\\"b c"]], "unclosed": true}
    {"delimiter": ",", "input": "\"\"", "rows": [[""]], "unclosed": false}
    {"delimiter": ",", "input": ",\"a''\t\r\n\r\t;'a\t\n\ra\"\"\r\n", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "a\"b c\\ \\\t\r;\t,\n \t\"\n\t\t\n", "rows": [["a\"b c\\ \\", ""], [";", ","]], "unclosed": true}
    {"delimiter": "\t", "input": " \t\r;\"\tb c\n", "rows": [[" ", ""], [";\"", "b c"]], "unclosed": false}
    {"delimiter": "\t", "input": ";\r'\r;\t\u0000'\\,\r\\;\t\" '\"\n", "rows": [[";"], ["'"], [";", "\u0000'\\,"], ["\\;", " '"]], "unclosed": false}
    {"delimiter": "\t", "input": "b cb c\t\r\n\u0000\\\t\"\"b c b c b c\"\t\n", "rows": [["b cb c", ""], ["\u0000\\", "b c b c b c\"", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\r\n,\t;\r\n\r\n\"\\\"\";,\n", "rows": [[], ["", "\t;"], []], "unclosed": true}
    {"delimiter": "\t", "input": "';;'\t;\u0000\u0000\tb c\r;b c\\", "rows": [["';;'", ";\u0000\u0000", "b c"], [";b c\\"]], "unclosed": false}
    {"delimiter": "\t", "input": "\t\t\tb c\"\t", "rows": [["", "", "", "b c\"", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\t\r\"\r\n\"\u00e9,,,\u0000\u00e9\"\n\r\u00e9'\"\",\t", "rows": [["\t"], ["\r\n\u00e9", "", "", "\u0000\u00e9\""], [], ["\u00e9'\"\"", "\t"]], "unclosed": false}
    {"delimiter": ",", "input": ",\"\r\n\"\n\u00e9\r\n\n\tb c\r\t\" \u0000,b c\"\",\"\" \t", "rows": [["", "\r\n"], ["\u00e9"], [], ["\tb c"], ["\t\" \u0000", "b c\"\"", " \t"]], "unclosed": false}
    {"delimiter": ",", "input": "\u0000,,\u00e9a\"\t\u00e9'\n\r,;\t\"\"\t'", "rows": [["\u0000", "", "\u00e9a\"\t\u00e9'"], [], ["", ";\t\"\"\t'"]], "unclosed": false}
    {"delimiter": "\t", "input": " ,\r\u00e9\\\r\"\u0000\r\n\n\r\n\"\"\"\"\u00e9\"\"'\n\\\"\";b c\n", "rows": [[" ,"], ["\u00e9\\"]], "unclosed": true}
    {"delimiter": "\t", "input": "\\ '\\\\\t\r\n,a;\"\"\t\t\"\u00e9\t\t", "rows": [["\\ '\\\\", ""]], "unclosed": true}
    {"delimiter": ",", "input": "\"b c \tb c\\\t\u00e9\n\"a\"\"\"", "rows": [["b c \tb c\\\t\u00e9\na\"\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "b c,\",,\t\u00e9\\,'\"\r\n,,\t\n\r\"", "rows": [["b c", ",,\t\u00e9\\,'"], ["", "", "\t"], []], "unclosed": true}
    {"delimiter": "\t", "input": "b c", "rows": [["b c"]], "unclosed": false}
    {"delimiter": "\t", "input": "b c\u0000\r\n\r\"\"\n ", "rows": [["b c\u0000"], [], [""], [" "]], "unclosed": false}
    {"delimiter": "\t", "input": "\tab c\u00e9\ta\t;\u0000\\ \u0000\"\"'\"\t\"\t \r\n", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\t\t\"\"\r',\tb cb cb c\"\"\"", "rows": [["", "", ""], ["',", "b cb cb c\"\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "\"\",\u00e9\t\\,'\r\n", "rows": [["", "\u00e9\t\\", "'"]], "unclosed": false}
    {"delimiter": ",", "input": "\";,\\\u0000 ,\"\u00e9", "rows": [[";,\\\u0000 ,\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\u00e9,\u0000\"\\'\r\n\t \r\n\u00e9", "rows": [["\u00e9", "\u0000\"\\'"], ["\t "], ["\u00e9"]], "unclosed": false}
    {"delimiter": "\t", "input": "\r\"\na\t\"\"\"\t;\"\"',\t;", "rows": [[], ["\na\t\"", ";\"\"',", ";"]], "unclosed": false}
    {"delimiter": "\t", "input": "a\"\ta\r\t\"\"'\tb c\t", "rows": [["a\"", "a"], ["", "'", "b c", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "\n\t,\"\u00e9", "rows": [[], ["", ",\"\u00e9"]], "unclosed": false}
    {"delimiter": ",", "input": "\r\"\\,\u00e9\\b c\n , ,\r\n\t", "rows": [[]], "unclosed": true}
    {"delimiter": ",", "input": "\"\"\r\n\"b c,\r\n,\u0000\"\"\u0000, b c\"\"\u0000'\"\n\\,\"\"", "rows": [[""], ["b c,\r\n,\u0000\"\u0000, b c\"\u0000'"], ["\\", ""]], "unclosed": false}
    {"delimiter": "\t", "input": "'\u00e9'b c\u00e9\", \u0000\r\n\r\n\nb cb c';", "rows": [["'\u00e9'b c\u00e9\", \u0000"], [], [], ["b cb c';"]], "unclosed": false}
    {"delimiter": "\t", "input": "\n\\\tb c\u00e9\\", "rows": [[], ["\\", "b c\u00e9\\"]], "unclosed": false}
    {"delimiter": "\t", "input": "\"'\u0000\u0000\t\r,\t\u00e9\tb c'\t", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\",\u0000", "rows": [], "unclosed": true}
    {"delimiter": "\t", "input": "\"\" \"\"\n\u00e9\t\t\r", "rows": [[" \"\""], ["\u00e9", "", ""]], "unclosed": false}
    {"delimiter": ",", "input": "a\t \\\n\u00e9\r\n,\"\ra,\\,;,\r\r\n\\\u0000\t\t", "rows": [["a\t \\"], ["\u00e9"]], "unclosed": true}
    {"delimiter": ",", "input": ",\u0000,\t''\u00e9\u00e9b cb c\u0000\r", "rows": [["", "\u0000", "\t''\u00e9\u00e9b cb c\u0000"]], "unclosed": false}
    {"delimiter": ",", "input": " \"\",\r'\u00e9,\n\u0000\"\",", "rows": [[" \"\"", ""], ["'\u00e9", ""], ["\u0000\"\"", ""]], "unclosed": false}
    {"delimiter": ",", "input": "\t\t,\"\";", "rows": [["\t\t", ";"]], "unclosed": false}
    {"delimiter": ",", "input": "\t\"\n;\"\",\r\n\"\",\u00e9;\n \u00e9\\a\"\"\u00e9\u0000\u00e9b c\u0000", "rows": [["\t\""], [";\"\"", ""], ["", "\u00e9;"], [" \u00e9\\a\"\"\u00e9\u0000\u00e9b c\u0000"]], "unclosed": false}
    {"delimiter": "\t", "input": "\n\"", "rows": [[]], "unclosed": true}
    {"delimiter": "\t", "input": "' \n", "rows": [["' "]], "unclosed": false}
    {"delimiter": "\t", "input": "\t a'\nb c\"\"", "rows": [["", " a'"], ["b c\"\""]], "unclosed": false}
    {"delimiter": ",", "input": "a\"\"\",\" \\\"\"\r", "rows": [], "unclosed": true}
    {"delimiter": ",", "input": "\"\"\"\"'\u0000\t\r\na\",\"\t\u00e9',", "rows": [["\"'\u0000\t"]], "unclosed": true}
    """##
}
