#!/usr/bin/env python3
"""What scikit-learn and Spark say of seeded scores, as Tests/QualityModelTests/Generated/Judging*Gold.swift.

    python3 Tests/Tools/generate-judging-gold.py            with scikit-learn 1.9.1
    python3 Tests/Tools/generate-judging-gold.py --spark    with PySpark 4.3.0

Each case is a JSON line. Scores have few distinct values in most cases, so that there are many ties; a text
is taken for good when its score is above the threshold. What a library refuses, or answers with a warning
that the figure has no meaning, is null.
"""
import json
import pathlib
import random
import sys
import warnings

FOLDER = pathlib.Path(__file__).parents[1] / "QualityModelTests/Generated"


def binary_cases():
    generator = random.Random(20261121)
    cases = []
    for index in range(90):
        count = [1, 2, 3, 5, 12, 30, 60, 200][index % 8]
        steps = [1, 2, 4, 10, 40, None][index % 6]
        share = [0.5, 0.1, 0.9, 0.0, 1.0][index % 5]
        scores, labels = [], []
        for _ in range(count):
            label = 1 if generator.random() < share else 0
            raw = min(max(generator.gauss(0.35 + 0.3 * label, 0.25), 0.0), 1.0)
            scores.append(raw if steps is None else round(raw * steps) / steps)
            labels.append(label)
        cases.append({"scores": scores, "labels": labels, "threshold": [0.5, 0.25, 0.9][index % 3]})
    # A sure model, an inverted one and one that says the same of all.
    for scores in ([0.0, 0.0, 1.0, 1.0], [1.0, 1.0, 0.0, 0.0], [0.5] * 4, [0.5, 0.5, 0.5, 1.0]):
        cases.append({"scores": scores, "labels": [0, 0, 1, 1], "threshold": 0.5})
    return cases


def multiclass_cases():
    generator = random.Random(20261122)
    cases = []
    for index in range(36):
        class_count = [2, 3, 5][index % 3]
        rows, classes = [], []
        for _ in range([1, 4, 20, 80][index % 4]):
            actual = generator.randrange(class_count)
            weights = [generator.randrange(1, 6) + (4 if i == actual and generator.random() < 0.6 else 0)
                       for i in range(class_count)]
            rows.append([weight / sum(weights) for weight in weights])
            classes.append(actual)
        cases.append({"probabilities": rows, "classes": classes})
    return cases


def figure(function, *arguments, **options):
    """The function's value, or None when it refuses or warns that there is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return float(function(*arguments, **options))
        except Exception:
            return None


def averages(metrics, truth, taken):
    rows = {}
    for average in ("macro", "micro", "weighted"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows[average] = [float(value) for value in metrics.precision_recall_fscore_support(
                truth, taken, average=average, zero_division=0)[:3]]
    return rows


def judge_binary(case):
    from sklearn import calibration, metrics
    truth, scores = case["labels"], case["scores"]
    taken = [1 if score > case["threshold"] else 0 for score in scores]
    result = {
        "auc": figure(metrics.roc_auc_score, truth, scores),
        "average_precision": figure(metrics.average_precision_score, truth, scores),
        "f1": figure(metrics.f1_score, truth, taken),
        "precision": figure(metrics.precision_score, truth, taken),
        "recall": figure(metrics.recall_score, truth, taken),
        "accuracy": figure(metrics.accuracy_score, truth, taken),
        "log_loss": figure(metrics.log_loss, truth, scores, labels=[0, 1]),
        "brier": figure(metrics.brier_score_loss, truth, scores),
        "confusion": metrics.confusion_matrix(truth, taken, labels=[0, 1]).tolist(),
        "averages": averages(metrics, truth, taken),
    }
    # Defined for classes that occur; with one alone scikit-learn warns or answers 0.
    two = len(set(truth)) == 2
    result["balanced_accuracy"] = figure(metrics.balanced_accuracy_score, truth, taken) if two else None
    result["matthews_correlation"] = (
        figure(metrics.matthews_corrcoef, truth, taken) if two and len(set(taken)) == 2 else None)
    if two:
        shares, means = calibration.calibration_curve(truth, scores, n_bins=10, strategy="uniform")
        result["calibration"] = [means.tolist(), shares.tolist()]
        precision, recall, thresholds = metrics.precision_recall_curve(truth, scores)
        result["best_f1"] = max(
            2 * p * r / (p + r) if p + r > 0 else 0.0 for p, r in zip(precision[:-1], recall[:-1]))
    return {**case, **result}


def judge_multiclass(case):
    import numpy
    from sklearn import metrics
    rows, truth = numpy.array(case["probabilities"]), case["classes"]
    class_count = rows.shape[1]
    taken = rows.argmax(axis=1)
    labels = list(range(class_count))
    areas = [figure(metrics.roc_auc_score, [1 if c == k else 0 for c in truth], rows[:, k]) for k in labels]
    return {
        **case, "areas": areas,
        "auc": figure(metrics.roc_auc_score, truth, rows, multi_class="ovr", average="macro", labels=labels)
        if class_count > 2 else None,
        "log_loss": figure(metrics.log_loss, truth, rows, labels=labels),
        "accuracy": figure(metrics.accuracy_score, truth, taken),
        "confusion": metrics.confusion_matrix(truth, taken, labels=labels).tolist(),
        "averages": averages(metrics, truth, taken.tolist()),
        "matthews_correlation": figure(metrics.matthews_corrcoef, truth, taken)
        if len(set(truth)) > 1 and len(set(taken.tolist())) > 1 else None,
    }


def judge_by_spark(cases):
    from pyspark.mllib.evaluation import BinaryClassificationMetrics
    from pyspark.sql import SparkSession
    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    results = []
    for case in cases:
        pairs = [(score, float(label)) for score, label in zip(case["scores"], case["labels"])]
        metrics = BinaryClassificationMetrics(session.sparkContext.parallelize(pairs, 1))
        results.append({"area_under_pr": metrics.areaUnderPR, "area_under_roc": metrics.areaUnderROC})
    session.stop()
    return results


def write(name, line, cases):
    text = "".join(json.dumps(case).replace("NaN", "null") + "\n" for case in cases)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.swift").write_text(
        f"// Generated by Tests/Tools/generate-judging-gold.py; do not edit.\n// swift-format-ignore-file\n\n"
        f"/// {line}\nenum {name} {{\n  static let cases = #\"\"\"\n{text}\"\"\"#\n}}\n")


def main():
    if "--spark" in sys.argv[1:]:
        write("JudgingSparkGold", "Areas by Spark 4.3.0, one JSON line a case.", judge_by_spark(binary_cases()))
        return
    import sklearn
    version = sklearn.__version__
    write("JudgingBinaryGold", f"Scores, labels and figures by scikit-learn {version}, one JSON line a case.",
          map(judge_binary, binary_cases()))
    write("JudgingMulticlassGold", f"Probabilities and figures by scikit-learn {version}, one JSON line a case.",
          map(judge_multiclass, multiclass_cases()))


main()
