// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of scenario fields and of figures: every row is complete, its range holds everywhere
// in core, and a figure follows the fields that it says it follows, no more and no less.
#include "core/accounting/memory.h"
#include "core/accounting/scenario_fields.h"
#include "core/explain/derivation.h"
#include "core/explore/design_space.h"
#include "core/presets/presets.h"
#include "core/study/figures.h"

#include <QTest>

#include <map>
#include <set>

using namespace headroom;

namespace {

const char* text(const ScenarioField& field) {
    return field.id.data(); // ids are literals
}

Scenario on(Deployment deployment) {
    Scenario scenario;
    scenario.workload = {16, 4096, 512, 16384};
    scenario.deployment = std::move(deployment);
    return scenario;
}

/// Values that tell whether a figure follows the field; each is valid for the designs below.
std::vector<std::string> values_of(const ScenarioField& field) {
    static const std::map<std::string_view, std::vector<std::string>> numbers{
        {"batch", {"1", "8", "512"}},
        {"prompt", {"64", "1000", "32768"}},
        {"output", {"1", "4096"}},
        {"context", {"256", "20000", "262144"}},
        {"device", {"h100", "b200", "a100-80gb"}},
        {"price_per_hour", {"2.5"}},
        {"devices", {"16", "32"}},
        {"tensor_parallel", {"1", "4", "8"}},
        {"pipeline_parallel", {"1", "4"}},
        {"expert_parallel", {"1", "8"}},
    };
    const auto it = numbers.find(field.id);
    return it != numbers.end() ? it->second : std::vector<std::string>{"fp32", "fp8", "int4"};
}

} // namespace

class TestScenarioFields : public QObject {
    Q_OBJECT

private slots:
    void rowsAreComplete();
    void namesAndRangesAreKept();
    void defaultsAreValidAndTold();
    void textIsRead();
    void rangesAreChecked();
    void axesAreFields();
    void changesAreFound();
    void figuresAreComplete();
    void figuresOfTheContract();
    void figuresFollowWhatTheySay();
    void countsAreExact();
};

void TestScenarioFields::rowsAreComplete() {
    std::set<std::string_view> ids;
    std::set<std::string_view> options;
    for (const ScenarioField& field : scenario_fields()) {
        QVERIFY2(ids.insert(field.id).second, text(field));
        QVERIFY2(field.option.starts_with("--"), text(field));
        QVERIFY2(options.insert(field.option).second, text(field));
        QVERIFY(field.short_option.empty() || options.insert(field.short_option).second);
        QCOMPARE(find_scenario_field(field.id), &field);
        QCOMPARE(scenario_field_of_option(field.name()), &field);
        QCOMPARE(scenario_field_of_option(field.option.substr(2)), &field);
        QVERIFY2(find_field(field.name()) == nullptr, text(field)); // an axis of one meaning
        Scenario scenario;
        if (scenario_count(scenario, field) != nullptr) {
            QVERIFY2(field.minimum >= 1 && field.maximum > field.usual &&
                         field.usual > field.minimum,
                     text(field));
        }
    }
    QVERIFY(find_scenario_field("no such field") == nullptr);
    QVERIFY(scenario_field_of_option("") == nullptr);
    // Every role has a row, under the name that the tensor table gives it.
    for (std::size_t i = 0; i < parameter_group_count; ++i) {
        const auto group = static_cast<ParameterGroup>(i);
        const ScenarioField* field = find_scenario_field(to_string(group));
        QVERIFY2(field != nullptr, to_string(group).data());
        QVERIFY(std::get<ParameterGroup>(field->member) == group);
    }
}

/// Sessions and scripts rely on the names, and hold values up to the ends of the ranges.
void TestScenarioFields::namesAndRangesAreKept() {
    struct Row {
        const char* id;
        const char* name;
        std::int64_t minimum;
        std::int64_t maximum;
    };
    for (const Row& row : {Row{"batch", "batch", 1, 1'073'741'824},
                           Row{"prompt", "prompt", 1, 1'073'741'824},
                           Row{"output", "output", 1, 1'073'741'824},
                           Row{"context", "context", 1, 1'073'741'824},
                           Row{"weights", "weights", 0, 0},
                           Row{"attention", "weights-attention", 0, 0},
                           Row{"feed_forward", "weights-feed-forward", 0, 0},
                           Row{"experts", "experts", 0, 0},
                           Row{"shared_experts", "weights-shared-experts", 0, 0},
                           Row{"router", "weights-router", 0, 0},
                           Row{"norm", "weights-norm", 0, 0},
                           Row{"embedding", "weights-embedding", 0, 0},
                           Row{"per_layer_embedding", "weights-per-layer-embedding", 0, 0},
                           Row{"lm_head", "weights-lm-head", 0, 0},
                           Row{"other", "weights-other", 0, 0},
                           Row{"kv", "kv", 0, 0},
                           Row{"device", "device", 0, 0},
                           Row{"price_per_hour", "price", 0, 1'000'000'000},
                           Row{"devices", "gpus", 1, 65536},
                           Row{"tensor_parallel", "tp", 1, 65536},
                           Row{"pipeline_parallel", "pp", 1, 65536},
                           Row{"expert_parallel", "ep", 1, 65536}}) {
        const ScenarioField* field = find_scenario_field(row.id);
        QVERIFY2(field != nullptr, row.id);
        QCOMPARE(std::string(field->name()), std::string(row.name));
        QCOMPARE(field->minimum, row.minimum);
        QCOMPARE(field->maximum, row.maximum);
    }
    QVERIFY(find_scenario_field("experts")->option == "--weights-experts");
}

void TestScenarioFields::defaultsAreValidAndTold() {
    const Scenario scenario;
    QVERIFY(check_ranges(scenario.workload));
    QVERIFY(check_ranges(scenario.deployment));
    for (const ScenarioField& field : scenario_fields()) {
        const std::size_t at = field.help.find("(default ");
        if (at == std::string_view::npos) {
            continue;
        }
        const std::string_view rest = field.help.substr(at + 9);
        QCOMPARE(std::string(rest.substr(0, rest.find_first_of(";,)"))),
                 to_text(scenario_value(scenario, field)));
    }
}

void TestScenarioFields::textIsRead() {
    for (const ScenarioField& field : scenario_fields()) {
        for (const std::string& value : values_of(field)) {
            Scenario scenario;
            QVERIFY2(set_scenario_value(scenario, field, value), text(field));
            QCOMPARE(to_text(scenario_value(scenario, field)), value);
            QCOMPARE(to_text(effective_value(scenario, field)), value);
            const Scenario before;
            for (const ScenarioField& other : scenario_fields()) {
                QVERIFY(&other == &field ||
                        scenario_value(scenario, other) == scenario_value(before, other));
            }
        }
        if (field.id == "device") {
            continue; // any name: a profile may come from a file
        }
        for (const char* bad : {"", "many", "-1", "1e99", "fp7"}) {
            Scenario scenario;
            const Status status = set_scenario_value(scenario, field, bad);
            QVERIFY2(!status, text(field));
            QCOMPARE(status.error().path, std::string(field.name()));
            QCOMPARE(scenario, Scenario());
        }
    }
    Scenario scenario;
    QVERIFY(set_scenario_value(scenario, *find_scenario_field("context"), "128K"));
    QCOMPARE(scenario.workload.context, std::int64_t{131072});
    QVERIFY(std::holds_alternative<std::monostate>(
        scenario_value(scenario, *find_scenario_field("router"))));
    QCOMPARE(to_text(effective_value(scenario, *find_scenario_field("router"))),
             std::string("bf16"));
}

void TestScenarioFields::rangesAreChecked() {
    const ModelSpec spec = *expand_layers(find_model_preset("qwen3-0.6b")->config);
    const DeviceProfile& device = *find_device("h200");
    for (const ScenarioField& field : scenario_fields()) {
        Scenario scenario;
        std::int64_t* count = scenario_count(scenario, field);
        if (count == nullptr) {
            continue;
        }
        for (const std::int64_t outside : {field.minimum - 1, field.maximum + 1}) {
            *count = outside;
            const std::string range =
                std::to_string(field.minimum) + " to " + std::to_string(field.maximum);
            const auto refused = analyze(spec, scenario, device);
            QVERIFY2(!refused, text(field));
            QCOMPARE(refused.error().text(), std::string(field.id) + ": found " +
                                                 std::to_string(outside) +
                                                 ", expected an integer from " + range);
            Scenario typed;
            const Status status = set_scenario_value(typed, field, std::to_string(outside));
            QVERIFY2(!status, text(field));
            QCOMPARE(english(status.error().message), "found \"" + std::to_string(outside) +
                                                          "\", expected a whole number from " +
                                                          range);
        }
        for (const std::int64_t inside : {field.minimum, field.maximum}) {
            *count = inside;
            QVERIFY2(check_ranges(scenario.workload) && check_ranges(scenario.deployment),
                     text(field));
        }
    }
    Deployment deployment;
    for (const double price : {-0.01, 1.1e9, std::nan(""), HUGE_VAL}) {
        deployment.price_per_hour = price;
        const Status status = check_ranges(deployment);
        QVERIFY(!status);
        QCOMPARE(status.error().path, std::string("price_per_hour"));
    }
}

void TestScenarioFields::axesAreFields() {
    for (const ScenarioField& field : scenario_fields()) {
        const std::string first = values_of(field).front();
        const auto axis = parse_axis(std::string(field.name()) + "=" + first);
        if (field.id == "device") {
            QVERIFY(!axis); // the space has one device
            continue;
        }
        QVERIFY2(axis, text(field));
        QCOMPARE(axis->name, std::string(field.name()));
        DesignPoint point;
        QVERIFY2(set_value(point, axis->name, axis->values.front()), text(field));
        QCOMPARE(to_text(*value_of(point, axis->name)), first);
        QVERIFY(scenario_axis_names().find(field.name()) != std::string::npos);
    }
    QCOMPARE(parse_axis("weights-experts=int4")->name, std::string("experts"));
    QVERIFY(english(parse_axis("wings=1").error().message).find("experts") != std::string::npos);
}

void TestScenarioFields::changesAreFound() {
    const Scenario before;
    QVERIFY(changed_fields(before, before).empty());
    for (const ScenarioField& field : scenario_fields()) {
        Scenario after;
        QVERIFY(set_scenario_value(after, field, values_of(field).front()));
        const auto changed = changed_fields(before, after);
        if (after == before) {
            continue; // the first value is the default
        }
        QCOMPARE(changed.size(), std::size_t{1});
        QCOMPARE(changed.front(), &field);
    }
}

void TestScenarioFields::figuresAreComplete() {
    std::set<std::string_view> ids;
    for (const Figure& figure : figures()) {
        QVERIFY2(ids.insert(figure.id).second, figure.id.data());
        QCOMPARE(find_figure(figure.id), &figure);
        QVERIFY2(figure.derivation.empty() || quantity_from(figure.derivation), figure.id.data());
        // What sums a design up can be asked why.
        QVERIFY2(figure.places == Nowhere || !figure.derivation.empty(), figure.id.data());
        QVERIFY(figure_names().find(figure.id) != std::string::npos);
        const QString words = QString::fromLatin1(figure.follows.data(),
                                                  static_cast<qsizetype>(figure.follows.size()));
        for (QString word : words.split(u' ', Qt::SkipEmptyParts)) {
            word.remove(QLatin1Char('-'));
            QVERIFY2(find_scenario_field(word.toStdString()) != nullptr, figure.id.data());
        }
        QVERIFY2(find_field(figure.id) == nullptr, figure.id.data()); // one meaning in --where
        QVERIFY2(scenario_field_of_option(figure.id) == nullptr, figure.id.data());
    }
    QVERIFY(!follows_deployment(*find_figure("total_bytes")));
    QVERIFY(!follows_deployment(*find_figure("parameters_total")));
    QVERIFY(follows_deployment(*find_figure("per_gpu_bytes")));
    QVERIFY(follows_deployment(*find_figure("tokens_per_second")));
}

/// Scripts rely on these names.
void TestScenarioFields::figuresOfTheContract() {
    for (const char* id : {"parameters_total", "parameters_active", "kv_bytes_per_token",
                           "kv_bytes_at_context", "weights_bytes", "total_bytes", "prefill_flops",
                           "decode_flops", "training_flops_per_token", "time_to_first_token_ms",
                           "time_per_output_token_ms", "tokens_per_second"}) {
        QVERIFY2(find_figure(id) != nullptr, id);
    }
}

void TestScenarioFields::figuresFollowWhatTheySay() {
    std::vector<Scenario> bases{on({"h200", 1, 1, 1, 1}), on({"h200", 8, 2, 2, 2}),
                                on({"h200", 8, 8, 1, 1}), on({"h200", 8, 1, 1, 1})};
    bases.push_back(bases[1]);
    bases.back().workload = {400, 16384, 512, 65536}; // does not fit on every device
    bases.push_back(bases[3]);
    bases.back().workload = {8, 64, 512, 1024};
    bases.back().formats.weights = NumberFormat::Fp8; // DeepSeek-V3 fits where experts are split
    bases.emplace_back();
    std::map<std::pair<std::string_view, std::string_view>, bool> moved;
    for (const char* id : {"qwen3-30b-a3b", "deepseek-v3", "gemma-3n-e2b", "llama-3-70b"}) {
        const ModelSpec spec = *expand_layers(find_model_preset(id)->config);
        // The longest context that fits while the prompt is short: a little more does not.
        for (const Deployment& deployment : {bases[0].deployment, bases[2].deployment}) {
            Scenario full = on(deployment);
            full.workload.batch = 1;
            full.workload.prompt = 64;
            full.formats.weights = NumberFormat::Fp8;
            const auto most = analyze(spec, full, *find_device("h200"));
            if (most && most->memory.max_context > 0) {
                full.workload.context = most->memory.max_context;
                bases.back() = full;
                break;
            }
        }
        for (const Scenario& base : bases) {
            const auto before = analyze(spec, base, *find_device(base.deployment.device));
            if (!before) {
                continue; // cannot be split so
            }
            for (const ScenarioField& field : scenario_fields()) {
                for (const std::string& value : values_of(field)) {
                    Scenario changed = base;
                    QVERIFY2(set_scenario_value(changed, field, value), text(field));
                    const DeviceProfile* device = find_device(changed.deployment.device);
                    QVERIFY2(device != nullptr, value.c_str());
                    const auto after = analyze(spec, changed, *device);
                    for (const Figure& figure : figures()) {
                        moved[{figure.id, field.id}] |=
                            after && figure.exact(*after) != figure.exact(*before);
                    }
                }
            }
        }
    }
    QStringList wrong;
    for (const Figure& figure : figures()) {
        for (const ScenarioField& field : scenario_fields()) {
            if (moved[std::pair(figure.id, field.id)] != follows(figure, field)) {
                wrong.append(
                    QStringLiteral("%1 %2 %3")
                        .arg(QLatin1String(figure.id.data()),
                             QLatin1String(follows(figure, field) ? "did not follow" : "followed"),
                             QLatin1String(field.id.data())));
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QStringLiteral(", "))));
}

void TestScenarioFields::countsAreExact() {
    // DeepSeek-V3, one prompt of 2^20 tokens: attended pairs make more than 2^53 operations.
    const ModelSpec spec = *expand_layers(find_model_preset("deepseek-v3")->config);
    Scenario scenario;
    scenario.workload.prompt = (1 << 20) + 1;
    const auto analysis = analyze(spec, scenario, *find_device("h200"));
    QVERIFY(analysis);
    const Figure& figure = *find_figure("prefill_flops");
    QCOMPARE(std::get<std::int64_t>(figure.exact(*analysis)), analysis->flops.prefill_causal);
    QVERIFY(analysis->flops.prefill_causal > std::int64_t{1} << 53);
    QCOMPARE(figure.value(*analysis), static_cast<double>(analysis->flops.prefill_causal));
}

QTEST_APPLESS_MAIN(TestScenarioFields)
#include "tst_scenario_fields.moc"
