// SPDX-License-Identifier: GPL-3.0-or-later
// The explanation beside the editor: fields that point at formulas and back, and the core's
// sentences in the window's language.
#include "app/language.h"
#include "app/why_panel.h"
#include "app/why_tree.h"
#include "core/explain/derivation.h"
#include "core/explain/explain_sentences.h"
#include "core/presets/presets.h"
#include "tests/app/english_in.h"
#include "tests/core/designs.h"
#include "widgets/charts/charts.h"
#include "widgets/editors/design_editor.h"
#include "widgets/editors/field_row.h"
#include "widgets/words/sentence_text.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <array>

using namespace headroom;
using namespace headroom::ui;
using headroom::Quantity;

namespace {

constexpr std::array quantities{
    headroom::Quantity::Parameters,      headroom::Quantity::ActiveParameters,
    headroom::Quantity::KvCache,         headroom::Quantity::Flops,
    headroom::Quantity::Memory,          headroom::Quantity::TimePerOutputToken,
    headroom::Quantity::TimeToFirstToken};

/// What of a derivation stays English in Chinese.
void findEnglish(const Derivation& step, QStringList& found) {
    for (const QString& text : {sentenceText(step.note), sentenceText(step.symbol),
                                formulaText(step.formula), sentenceText(named(step.unit))}) {
        const QString english = englishIn(text);
        if (!english.isEmpty() && !found.contains(text)) {
            found.append(QStringLiteral("\"%1\" in: %2").arg(english, text));
        }
    }
    for (const Derivation& child : step.children) {
        findEnglish(child, found);
    }
}

std::shared_ptr<const StudyResult> studyOf(const char* preset) {
    Study study = default_study();
    const ModelPreset* model = find_model_preset(preset);
    study.designs = {{model->name, model->id, model->config}};
    study.scenario.deployment = {"h200", 1, 1, 1, 1};
    return evaluate(study, 1);
}

} // namespace

class WhyTest : public QObject {
    Q_OBJECT

private slots:
    void figuresOfChartsAreExplained();
    void everyStepIsChinese_data();
    void everyStepIsChinese();
    void chinese();
    void rootsAreSpelledOut();
    void formulaPointsAtFields();
    void fieldMarksSteps();
    void editorHighlights();
};

void WhyTest::figuresOfChartsAreExplained() {
    const auto now = evaluate(default_study(), 1);
    for (const ChartInfo& info : chartKinds()) {
        const PlotData data = buildChart(info.kind, {now.get(), nullptr, {}});
        QStringList subjects = data.x.subjects;
        for (const PlotSeries& series : data.series) {
            subjects.append(series.subject);
        }
        for (const QString& subject : subjects) {
            const QString figure = subject.section(u'/', 1);
            QVERIFY2(figure.isEmpty() || quantityOfFigure(figure.toStdString()),
                     qPrintable(figure));
        }
    }
}

void WhyTest::everyStepIsChinese_data() {
    QTest::addColumn<QString>("preset");
    for (const std::string& name : design_list::names()) {
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void WhyTest::everyStepIsChinese() {
    QFETCH(QString, preset);
    const auto spec = expand_layers(design_list::config_of(preset.toStdString()));
    QVERIFY(spec);
    applyLanguage(QStringLiteral("zh_CN"));
    QStringList found;
    for (const DeviceProfile& device : device_presets()) {
        Scenario scenario;
        scenario.workload = {4, 2048, 256, 16384};
        scenario.formats.weights = NumberFormat::Int4;
        scenario.formats.kv = NumberFormat::Int8;
        scenario.deployment.device = device.id;
        for (const std::int64_t split : {1, 2}) {
            scenario.deployment.devices = split;
            scenario.deployment.tensor_parallel = split;
            for (const headroom::Quantity quantity : quantities) {
                if (const auto derivation = explain(*spec, scenario, device, quantity)) {
                    findEnglish(*derivation, found);
                }
            }
        }
    }
    applyLanguage(QStringLiteral("en"));
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral("\n"))));
}

void WhyTest::chinese() {
    const QString before = currentLanguage();
    applyLanguage(QStringLiteral("zh_CN"));
    const Sentence all = joined(Join::Comma, {named("q_proj"), explain_says<"all-layers">(36)});
    QCOMPARE(english(all), std::string("q_proj, all 36 layers"));
    QCOMPARE(sentenceText(all), QStringLiteral("q_proj，全部 36 层"));
    QCOMPARE(sentenceText(explain_says<"layers-of">("0–2, 5")), QStringLiteral("第 0–2, 5 层"));
    QCOMPARE(formulaText("2 * head_dim * bytes per number"),
             QStringLiteral("2 · head_dim · 每数字节"));
    const QString two = sentenceText(joined(
        Join::Space, {explain_says<"grouped-query">(4, 64), explain_says<"biases-left-out">()}));
    QVERIFY(two.contains(QStringLiteral("而不是 64 个。估算")));
    applyLanguage(before);
}

void WhyTest::rootsAreSpelledOut() {
    const auto result = studyOf("qwen3-8b");
    const auto explained = [&](headroom::Quantity quantity) {
        return *explain(*result->results[0].spec, result->study.scenario, result->device, quantity);
    };
    QCOMPARE(QString::fromStdString(english(explained(headroom::Quantity::KvCache).formula)),
             QStringLiteral("num_hidden_layers * 2 * num_key_value_heads * head_dim * context * "
                            "bytes per number"));
    QVERIFY(english(explained(headroom::Quantity::Parameters).formula)
                .find("num_hidden_layers * (attention + ") != std::string::npos);
    QVERIFY(!explained(headroom::Quantity::KvCache).fields.empty());
    for (const headroom::Quantity quantity : quantities) {
        QVERIFY(english(explained(quantity).formula).find("all 36") == std::string::npos);
    }
}

void WhyTest::formulaPointsAtFields() {
    WhyPanel panel;
    panel.resize(320, 600);
    panel.setSubject(0, headroom::Quantity::KvCache);
    panel.setResult(*studyOf("qwen3-8b"));
    QSignalSpy pointed(&panel, &WhyPanel::fieldsPointed);
    QLabel* formula = nullptr;
    for (QLabel* label : panel.findChildren<QLabel*>()) {
        if (label->text().contains(QLatin1String("href=\"head_dim\""))) {
            formula = label;
        }
    }
    QVERIFY(formula != nullptr);
    emit formula->linkHovered(QStringLiteral("head_dim"));
    QCOMPARE(pointed.last()[0].toStringList(), QStringList{QStringLiteral("head_dim")});
    auto* tree = panel.findChild<WhyTree*>();
    emit tree->itemEntered(tree->topLevelItem(0), 0);
    QVERIFY(pointed.last()[0].toStringList().contains(QStringLiteral("num_key_value_heads")));
    QVERIFY(!pointed.last()[0].toStringList().contains(QStringLiteral("vocab_size")));
}

void WhyTest::fieldMarksSteps() {
    WhyPanel panel;
    panel.setSubject(0, headroom::Quantity::Parameters);
    panel.setResult(*studyOf("qwen3-8b"));
    auto* tree = panel.findChild<WhyTree*>();
    const auto marked = [&] {
        QStringList names;
        for (QTreeWidgetItemIterator it(tree); *it != nullptr; ++it) {
            if ((*it)->font(0).bold()) {
                names.append((*it)->text(0));
            }
        }
        return names;
    };
    QVERIFY(marked().isEmpty());
    panel.markField(QStringLiteral("vocab_size"));
    QVERIFY(marked().contains(QStringLiteral("embed_tokens")));
    QVERIFY(marked().contains(QStringLiteral("lm_head")));
    QVERIFY(!marked().contains(QStringLiteral("q_proj")));
    panel.setResult(*studyOf("deepseek-v3")); // another tree keeps the mark
    QVERIFY(marked().contains(QStringLiteral("lm_head")));
    panel.markField({});
    QVERIFY(marked().isEmpty());
}

void WhyTest::editorHighlights() {
    const auto result = studyOf("qwen3-8b");
    DesignEditor editor;
    editor.resize(300, 700);
    editor.setDesign(result->study.designs[0], result->results[0], 0);
    editor.highlightFields({QStringLiteral("head_dim"), QStringLiteral("vocab_size")});
    QVERIFY(editor.row("head_dim")->isHighlighted());
    QVERIFY(editor.row("vocab_size")->isHighlighted());
    QVERIFY(!editor.row("hidden_size")->isHighlighted());
    editor.highlightFields({});
    QVERIFY(!editor.row("head_dim")->isHighlighted());
    QSignalSpy pointed(&editor, &DesignEditor::fieldPointed);
    emit editor.row("head_dim")->pointed(true);
    QCOMPARE(pointed.last()[0].toString(), QStringLiteral("head_dim"));
    emit editor.row("head_dim")->pointed(false);
    QVERIFY(pointed.last()[0].toString().isEmpty());
}

QTEST_MAIN(WhyTest)
#include "tst_why.moc"
