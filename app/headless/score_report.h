#pragma once
// Reports that explain a score, each as keys for a program and as text for people.

#include <nlohmann/json.hpp>
#include <string>

#include "app/headless/arguments.h"
#include "app/headless/example_names.h"
#include "app/headless/window_lengths.h"
#include "app/what_if.h"
#include "learners/comparison.h"
#include "learners/label_check.h"
#include "learners/leak_guard.h"
#include "learners/learning_curve.h"
#include "learners/preview.h"

namespace app {

/// What one report says, twice.
struct Report {
  nlohmann::json json = nlohmann::json::object();
  std::string text;

  void add(const Report& more) {
    json.update(more.json);
    text += more.text;
  }
};

/// Prints the keys where `--json` was given, else the text.
void print(const Report& report, const Arguments& arguments);

/// {value, low, high, n, examples, effective_n}.
nlohmann::json toJson(const learners::Interval& interval);

/// Keys reliability, coverage, accuracy_interval, groups, hidden_groups. `data` is what the answers
/// are about.
Report explainScore(const learners::Answers& answers, const learners::Dataset& data,
                    const ExampleNames& names, std::uint64_t seed);

/// Key leaks: {honest_accuracy, random_accuracy, accuracy_without_copies, near_duplicates,
/// compared_rows, pairs}.
Report toReport(const learners::LeakReport& leaks, const ExampleNames& names);

/// Key learning_curve: {points, law, all, labels}.
Report toReport(const learners::LearningCurve& curve, const std::vector<learners::Label>& labels);

/// Key suspicious: the examples most worth a second look, at most 100.
Report toReport(const std::vector<learners::SuspiciousUnit>& list,
                const std::vector<learners::Label>& labels, const ExampleNames& names);

/// {examples, accuracy_a, accuracy_b, difference, low, high, only_a, only_b, chance, differ}.
nlohmann::json toJson(const learners::PairedComparison& comparison);

/// Key personal: a list of {group, comparison}; A: learnt from the others, B: from its own too.
Report toReport(const std::vector<learners::PersonalScore>& scores, const ExampleNames& names);

/// Key what_if: a list of {kind, source, unit, points: [{level, measured, accuracy, recall}]}.
Report toReport(const std::vector<WhatIfResult>& results,
                const std::vector<learners::Label>& labels);

/// Key preview: {accuracy, low, high, rows, examples}.
Report toReport(const learners::Preview& preview);

/// window_lengths: [{seconds, accuracy, low, high, windows} or {seconds, error}].
Report toReport(const std::vector<WindowScore>& scores);

}  // namespace app
