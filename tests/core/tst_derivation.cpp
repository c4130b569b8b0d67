// SPDX-License-Identifier: GPL-3.0-or-later
// Derivations: the root is what analyze says, children add and multiply up to it, the numbers that
// are written out give the value, and every weight ends in a field of the configuration.
#include "core/config/config_fields.h"
#include "core/explain/derivation.h"
#include "core/presets/presets.h"
#include "designs.h"
#include "evaluate.h"

#include <QTest>

#include <cmath>

using namespace headroom;

class TestDerivation : public QObject {
    Q_OBJECT

private slots:
    void presets_data();
    void presets();
    void formats_data();
    void formats();
    void deepSeekCache();
    void schoolbookErrorIsExplained();
    void markdownAndLatex();
    void namesAreStable();
};

namespace {

constexpr std::array quantities = {
    Quantity::Parameters, Quantity::ActiveParameters,   Quantity::KvCache,         Quantity::Flops,
    Quantity::Memory,     Quantity::TimePerOutputToken, Quantity::TimeToFirstToken};

ModelSpec specOf(const char* name) {
    return *expand_layers(design_list::config_of(name));
}

double shownElsewhere(const Analysis& a, Quantity quantity) {
    switch (quantity) {
    case Quantity::Parameters:
        return static_cast<double>(a.parameters.total);
    case Quantity::ActiveParameters:
        return static_cast<double>(a.parameters.active);
    case Quantity::KvCache:
        return static_cast<double>(a.kv.bytes_at_context);
    case Quantity::Flops:
        return static_cast<double>(a.flops.prefill_causal);
    case Quantity::Memory:
        return static_cast<double>(a.memory.total_bytes);
    case Quantity::TimePerOutputToken:
        return a.throughput.time_per_output_token_s * 1e3;
    case Quantity::TimeToFirstToken:
        return a.throughput.time_to_first_token_s * 1e3;
    }
    return 0;
}

bool close(double a, double b, double relative = 1e-9) {
    return std::abs(a - b) <= relative * std::max(std::abs(a), std::abs(b));
}

/// Every complaint about a tree, with the path to it.
void collect(const Derivation& node, const std::string& path,
             std::vector<std::string>& complaints) {
    const std::string here = path + "/" + english(node.symbol);
    const auto complain = [&](const std::string& what) {
        complaints.push_back(here + ": " + what + " [" + node.substituted + "] " +
                             std::to_string(node.value));
    };
    if (node.symbol.empty() || node.unit.empty()) {
        complain("no symbol or unit");
    }
    if (node.is_integer && node.value != static_cast<double>(node.exact)) {
        complain("value is not the exact one");
    }
    if (const auto combined = combined_value(node)) {
        const bool same = node.is_integer ? *combined == node.value : close(*combined, node.value);
        if (!same) {
            complain("children give " + std::to_string(*combined));
        }
    }
    if (!node.substituted.empty()) {
        const auto value = static_cast<double>(evaluate::expression(node.substituted));
        // Real numbers are written with six digits or more.
        if (!(node.is_integer ? value == node.value : close(value, node.value, 1e-5))) {
            complain("the numbers give " + std::to_string(value));
        }
    }
    for (const std::string& field : node.fields) {
        if (find_field(field) == nullptr) {
            complain("unknown field " + field);
        }
    }
    if (node.unit == "parameters" && node.children.empty() && !node.aside &&
        !node.formula.empty() && node.formula != "exact - estimate" && node.fields.empty()) {
        complain("a weight without a field");
    }
    for (const Derivation& child : node.children) {
        collect(child, here, complaints);
    }
}

void check(const ModelSpec& spec, const Scenario& scenario, const DeviceProfile& device) {
    const auto analysis = analyze(spec, scenario, device);
    QVERIFY2(analysis, analysis ? "" : analysis.error().text().c_str());
    for (const Quantity quantity : quantities) {
        const auto tree = explain(spec, scenario, device, quantity);
        QVERIFY2(tree, tree ? "" : tree.error().text().c_str());
        QCOMPARE(tree->value, shownElsewhere(*analysis, quantity));
        std::vector<std::string> complaints;
        collect(*tree, {}, complaints);
        QVERIFY2(complaints.empty(), complaints.empty() ? "" : complaints.front().c_str());
    }
}

const Derivation* find(const Derivation& node, std::string_view symbol) {
    if (node.symbol == symbol) {
        return &node;
    }
    for (const Derivation& child : node.children) {
        if (const Derivation* found = find(child, symbol)) {
            return found;
        }
    }
    return nullptr;
}

} // namespace

void TestDerivation::presets_data() {
    QTest::addColumn<QString>("id");
    for (const std::string& name : design_list::names()) {
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void TestDerivation::presets() {
    QFETCH(QString, id);
    const ModelSpec spec = specOf(id.toUtf8().constData());
    check(spec, Scenario{}, *find_device("h200"));
}

void TestDerivation::formats_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("weights");
    QTest::addColumn<int>("kv");
    QTest::addColumn<int>("parallel");
    for (const char* id : {"qwen3-235b-a22b", "deepseek-v3", "gemma-3-27b", "gpt-oss-120b"}) {
        for (const NumberFormat format :
             {NumberFormat::Fp32, NumberFormat::Fp8, NumberFormat::Int4}) {
            for (const int parallel : {1, 8}) {
                QTest::addRow("%s %s x%d", id, std::string(to_string(format)).c_str(), parallel)
                    << QString(QLatin1String(id)) << static_cast<int>(format)
                    << static_cast<int>(format) << parallel;
            }
        }
    }
}

void TestDerivation::formats() {
    QFETCH(QString, id);
    QFETCH(int, weights);
    QFETCH(int, kv);
    QFETCH(int, parallel);
    Scenario scenario;
    scenario.workload = {17, 3001, 100, 131071};
    scenario.formats.weights = static_cast<NumberFormat>(weights);
    scenario.formats.kv = static_cast<NumberFormat>(kv);
    scenario.formats.role(ParameterGroup::Experts) = NumberFormat::Int4;
    scenario.deployment.devices = parallel;
    scenario.deployment.tensor_parallel = parallel;
    check(specOf(id.toUtf8().constData()), scenario, *find_device("h200"));
    scenario.deployment.devices *= 2;
    scenario.deployment.pipeline_parallel = 2; // and what its stages send each other
    check(specOf(id.toUtf8().constData()), scenario, *find_device("h200"));
}

void TestDerivation::deepSeekCache() {
    const ModelSpec spec = specOf("deepseek-v3");
    const auto tree = explain(spec, Scenario{}, *find_device("h200"), Quantity::KvCache);
    QVERIFY(tree);
    // 61 * (512 + 64) * 2 bytes; the same heads in full would be 128 * (128 + 64 + 128) numbers.
    QCOMPARE(find(*tree, "bytes_per_token")->exact, std::int64_t{70272});
    QCOMPARE(tree->exact, std::int64_t{70272} * 8192);
    const Derivation* full = find(*tree, "all heads in full");
    QVERIFY(full != nullptr);
    QVERIFY(full->aside);
    QCOMPARE(full->exact, std::int64_t{61} * 128 * 320 * 2 * 8192);
    QCOMPARE(english(find(*tree, "one layer")->formula),
             std::string("(kv_lora_rank + qk_rope_head_dim) * context * bytes per number"));
    QCOMPARE(find(*tree, "one layer")->substituted, std::string("(512 + 64) * 8192 * 2"));
}

void TestDerivation::schoolbookErrorIsExplained() {
    const ModelSpec spec = specOf("qwen2.5-3b");
    const auto tree = explain(spec, Scenario{}, *find_device("h200"), Quantity::Parameters);
    QVERIFY(tree);
    QCOMPARE(tree->exact, std::int64_t{3085938688});
    const Derivation* error = find(*tree, "total - schoolbook_estimate");
    QVERIFY(error != nullptr);
    QCOMPARE(error->exact, tree->exact - find(*tree, "schoolbook_estimate")->exact);
    // Tied embeddings: one of the two V * H matrices is not there.
    const Derivation* vocabulary = find(*error, "vocabulary");
    QCOMPARE(vocabulary->exact, std::int64_t{-151936} * 2048);
    QVERIFY(english(vocabulary->note).find("Tied") != std::string::npos);
    QVERIFY(english(find(*error, "attention")->note).find("Grouped-query") != std::string::npos);
    // 1024^3 against 10^9.
    QVERIFY(close(find(*tree, "total / 1024^3")->value, 3085938688.0 / 1073741824.0));
}

void TestDerivation::markdownAndLatex() {
    const ModelSpec spec = specOf("qwen3-8b");
    const auto tree = explain(spec, Scenario{}, *find_device("h200"), Quantity::Parameters);
    QVERIFY(tree);
    const std::string markdown = to_markdown(*tree);
    QVERIFY(markdown.starts_with("- **parameters** = 8,190,735,360 parameters\n"));
    QVERIFY(markdown.find("`hidden_size * num_attention_heads * head_dim` = `4096 * 32 * 128`") !=
            std::string::npos);
    const std::string latex = to_latex(*tree);
    QVERIFY(latex.find("\\text{hidden\\_size} \\times \\text{num\\_attention\\_heads}") !=
            std::string::npos);
    QVERIFY(latex.find("4096 \\times 32 \\times 128") != std::string::npos);
    for (std::size_t at = 0; (at = latex.find('_', at)) != std::string::npos; ++at) {
        QVERIFY2(latex[at - 1] == '\\', "an underscore outside math is an error in LaTeX");
    }
    std::size_t begins = 0;
    for (std::size_t at = 0; (at = latex.find("\\begin{align*}", at)) != std::string::npos; ++at) {
        ++begins;
    }
    QVERIFY(begins > 10);
}

void TestDerivation::namesAreStable() {
    for (const Quantity quantity : quantities) {
        QCOMPARE(quantity_from(to_string(quantity)), std::optional(quantity));
    }
    QVERIFY(!quantity_from("perplexity"));
}

QTEST_APPLESS_MAIN(TestDerivation)
#include "tst_derivation.moc"
