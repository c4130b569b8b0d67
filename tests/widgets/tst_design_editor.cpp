// SPDX-License-Identifier: GPL-3.0-or-later
// The editor: which fields it shows, what typing, dragging and clicking a fix emit.
#include "core/presets/presets.h"
#include "widgets/editors/design_editor.h"
#include "widgets/editors/field_row.h"
#include "widgets/editors/list_dialog.h"
#include "widgets/editors/preset_picker.h"
#include "widgets/editors/rope_scaling_row.h"
#include "widgets/editors/step_slider.h"
#include "widgets/editors/value_field.h"
#include "widgets/theme/controls.h"
#include "widgets/words/field_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace headroom;
using namespace headroom::ui;

namespace {

/// What the window passes to the editor for one preset, edited or not.
struct Shown {
    Design design;
    DesignResult result;
};

Shown shown(const char* preset,
            const std::vector<std::pair<const char*, const char*>>& edits = {}) {
    const ModelPreset* found = find_model_preset(preset);
    Shown made;
    made.design = {found->name, found->id, found->config};
    for (const auto& [field, value] : edits) {
        const Status status = set_field_from_text(made.design.config, field, value);
        if (!status) {
            qFatal("%s", status.error().text().c_str());
        }
    }
    made.result.findings = validate(made.design.config);
    if (Result<ModelSpec> spec = expand_layers(made.design.config)) {
        made.result.spec = *spec;
    } else {
        made.result.error = spec.error();
    }
    return made;
}

} // namespace

class DesignEditorTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void typedNumbersKeepTheirRange();
    void showsWhatApplies_data();
    void showsWhatApplies();
    void ropeScalingIsEdited();
    void typedValueIsEmitted();
    void typedTextIsRead_data();
    void typedTextIsRead();
    void sliderEmitsValidValuesOnly();
    void dragKeepsFindingsUntilItEnds();
    void wheelNeedsFocus();
    void optionalTurnsOff();
    void switchIsEmitted();
    void fixEmitsItsEdit();
    void listDialogContinuesPattern();
    void everyFieldHasWords();
    void presetsAreFound();
};

void DesignEditorTest::initTestCase() {
    qRegisterMetaType<FieldValue>("headroom::FieldValue");
}

void DesignEditorTest::showsWhatApplies_data() {
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QStringList>("present");
    QTest::addColumn<QStringList>("absent");
    const auto list = [](const char* words) { return QString::fromLatin1(words).split(u' '); };
    QTest::newRow("dense") << "qwen3-8b" << list("hidden_size num_key_value_heads head_dim")
                           << list("num_experts kv_lora_rank attention_chunk_size");
    QTest::newRow("experts") << "qwen3-235b-a22b"
                             << list("num_experts num_experts_per_tok moe_intermediate_size")
                             << list("kv_lora_rank n_group");
    QTest::newRow("latent") << "deepseek-v3" << list("kv_lora_rank q_lora_rank v_head_dim n_group")
                            << list("num_key_value_heads head_dim sliding_window");
    QTest::newRow("window") << "gemma-3-27b" << list("sliding_window layer_types")
                            << list("num_experts kv_lora_rank");
    QTest::newRow("learned positions")
        << "gpt-2-small" << list("num_attention_heads") << list("rope_theta num_key_value_heads");
}

void DesignEditorTest::showsWhatApplies() {
    QFETCH(QString, preset);
    QFETCH(QStringList, present);
    QFETCH(QStringList, absent);
    DesignEditor editor;
    // Another family before it: rows of that one must go.
    const Shown other = shown("deepseek-v3");
    editor.setDesign(other.design, other.result, 0);
    const Shown own = shown(qPrintable(preset));
    editor.setDesign(own.design, own.result, 0);
    for (const QString& field : present) {
        QVERIFY2(editor.row(field.toStdString()) != nullptr, qPrintable(field));
    }
    for (const QString& field : absent) {
        QVERIFY2(editor.row(field.toStdString()) == nullptr, qPrintable(field));
    }
    for (const FieldInfo& field : config_fields()) {
        // The window's own row says whether it is used.
        const bool elsewhere = field.name == "use_sliding_window";
        QCOMPARE(editor.row(field.name) != nullptr,
                 !elsewhere && field_applies(own.design.config, field));
    }
}

void DesignEditorTest::ropeScalingIsEdited() {
    DesignEditor editor;
    editor.show();
    const Shown own = shown("qwen3-235b-a22b");
    editor.setDesign(own.design, own.result, 0);
    auto* row = editor.findChild<RopeScalingRow*>();
    QVERIFY(row != nullptr && row->isVisible());
    auto* kind = row->findChild<QComboBox*>();
    auto* factor = row->findChild<QDoubleSpinBox*>();
    auto* trained = row->findChild<QSpinBox*>();
    QCOMPARE(kind->currentData().toString(), QStringLiteral("default"));
    QVERIFY(!factor->isVisible() && !trained->isVisible());
    QSignalSpy spy(&editor, &DesignEditor::ropeScalingEdited);
    kind->setFocus();
    QTest::keyClicks(kind, QStringLiteral("Y")); // by keyboard, as a list is chosen from
    QCOMPARE(spy.count(), 1);
    const auto started = spy[0][0].value<RopeScaling>();
    QCOMPARE(started.rope_type, std::string("yarn"));
    QCOMPARE(started.factor, 4.0);
    QCOMPARE(started.original_max_position_embeddings.value_or(0), std::int64_t{40960});

    Shown stretched = own;
    stretched.design.config.rope_scaling = started;
    editor.setDesign(stretched.design, stretched.result, 0);
    QVERIFY(factor->isVisible() && trained->isVisible());
    QCOMPARE(trained->value(), 40960);
    QCOMPARE(spy.count(), 1); // showing is no edit
    factor->setValue(8.0);
    QCOMPARE(spy.count(), 2);
    QCOMPARE(spy[1][0].value<RopeScaling>().factor, 8.0);
    // Without rotary positions there is nothing to stretch.
    const Shown learned = shown("gpt-2-small");
    editor.setDesign(learned.design, learned.result, 0);
    QVERIFY(!row->isVisible());
}

void DesignEditorTest::typedValueIsEmitted() {
    DesignEditor editor;
    const Shown own = shown("qwen3-235b-a22b");
    editor.setDesign(own.design, own.result, 0);
    QSignalSpy spy(&editor, &DesignEditor::fieldEdited);
    auto* field = editor.row("num_key_value_heads")->findChild<ValueField*>();
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("8"));
    QCOMPARE(spy.count(), 0); // not before it is confirmed
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy[0][0].toString(), QStringLiteral("num_key_value_heads"));
    QVERIFY(spy[0][1].value<FieldValue>() == FieldValue(std::int64_t{8}));
    QCOMPARE(spy[0][2].toBool(), false);
    // Confirming the value that is shown is no edit.
    editor.setDesign(shown("qwen3-235b-a22b", {{"num_key_value_heads", "8"}}).design, own.result,
                     0);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
    // Nonsense is refused and the old value comes back.
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("many"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(field->text(), QStringLiteral("8"));
    const auto boxes = editor.row("num_key_value_heads")->findChildren<AdviceLabel*>();
    QVERIFY(std::any_of(boxes.begin(), boxes.end(), [](const AdviceLabel* box) {
        return !box->isHidden() && box->text().contains(QStringLiteral("many"));
    }));
}

void DesignEditorTest::typedTextIsRead_data() {
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value"); // empty: refused
    QTest::newRow("grouped") << QByteArray("hidden_size") << "4,096"
                             << "4096";
    QTest::newRow("thousands") << QByteArray("max_position_embeddings") << "128K"
                               << "131072";
    QTest::newRow("off") << QByteArray("sliding_window") << "off"
                         << "null";
    QTest::newRow("negative") << QByteArray("hidden_size") << "-1"
                              << "";
    QTest::newRow("zero") << QByteArray("hidden_size") << "0"
                          << "";
    QTest::newRow("huge") << QByteArray("hidden_size") << "99999999999999999999"
                          << "";
    QTest::newRow("fraction of a whole") << QByteArray("hidden_size") << "4096.5"
                                         << "";
    QTest::newRow("real") << QByteArray("rope_theta") << "1e6"
                          << "1000000";
    QTest::newRow("negative real") << QByteArray("rope_theta") << "-3"
                                   << "";
    QTest::newRow("empty") << QByteArray("hidden_size") << ""
                           << "";
}

void DesignEditorTest::typedTextIsRead() {
    QFETCH(QByteArray, field);
    QFETCH(QString, text);
    QFETCH(QString, value);
    const auto read = parseFieldValue(*find_field(field.toStdString()), text);
    QCOMPARE(read.has_value(), !value.isEmpty());
    if (read) {
        ModelConfig config = find_model_preset("qwen3-8b")->config;
        const FieldInfo* info = find_field(field.toStdString());
        QVERIFY(set_field(config, *info, *read).has_value());
        const FieldValue stored = field_value(config, *info);
        if (std::holds_alternative<double>(stored)) {
            QCOMPARE(std::get<double>(stored), value.toDouble());
        } else {
            QCOMPARE(QString::fromStdString(to_text(stored)), value);
        }
    }
}

void DesignEditorTest::sliderEmitsValidValuesOnly() {
    DesignEditor editor;
    const Shown own = shown("qwen3-235b-a22b");
    editor.setDesign(own.design, own.result, 0);
    QSignalSpy spy(&editor, &DesignEditor::fieldEdited);
    auto* slider = editor.row("num_key_value_heads")->findChild<StepSlider*>();
    slider->setSliderDown(true);
    for (int i = slider->maximum(); i >= slider->minimum(); --i) {
        slider->setValue(i);
    }
    QVERIFY(spy.count() > 3);
    const auto valid = slider_values(own.design.config, *find_field("num_key_value_heads"));
    for (const QList<QVariant>& edit : spy) {
        const FieldValue value = edit[1].value<FieldValue>();
        const auto number = std::get<std::int64_t>(value);
        QVERIFY(std::find(valid.begin(), valid.end(), number) != valid.end());
        QCOMPARE(own.design.config.num_attention_heads % number, 0);
        QCOMPARE(edit[2].toBool(), true);
    }
    QSignalSpy finished(&editor, &DesignEditor::editingFinished);
    slider->setSliderDown(false);
    QCOMPARE(finished.count(), 1);
}

void DesignEditorTest::dragKeepsFindingsUntilItEnds() {
    DesignEditor editor;
    const Shown before = shown("qwen3-235b-a22b", {{"num_key_value_heads", "8"}});
    editor.setDesign(before.design, before.result, 0);
    FieldRow* row = editor.row("num_key_value_heads");
    QVERIFY(row->findings().empty());
    auto* slider = row->findChild<StepSlider*>();
    slider->setSliderDown(true);
    slider->setValue(slider->minimum());
    const Shown after = shown("qwen3-235b-a22b", {{"num_key_value_heads", "1"}});
    QVERIFY(!after.result.findings.empty());
    editor.setDesign(after.design, after.result, 0);
    QVERIFY(row->findings().empty());
    QCOMPARE(row->findChild<ValueField*>()->text(), QStringLiteral("1"));
    slider->setSliderDown(false);
    QVERIFY(!row->findings().empty());
}

void DesignEditorTest::wheelNeedsFocus() {
    StepSlider slider;
    slider.setValues({1, 2, 4, 8});
    slider.showValue(2);
    QWheelEvent wheel(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&slider, &wheel);
    QVERIFY(!wheel.isAccepted());
    QCOMPARE(slider.value(), 1);
}

void DesignEditorTest::optionalTurnsOff() {
    DesignEditor editor;
    const Shown own = shown("gemma-3-27b");
    editor.setDesign(own.design, own.result, 0);
    QSignalSpy spy(&editor, &DesignEditor::fieldEdited);
    auto* slider = editor.row("sliding_window")->findChild<StepSlider*>();
    slider->setValue(0);
    QCOMPARE(spy.count(), 1);
    QVERIFY(spy[0][1].value<FieldValue>() == FieldValue(std::monostate{}));
}

void DesignEditorTest::switchIsEmitted() {
    DesignEditor editor;
    const Shown own = shown("qwen3-8b");
    editor.setDesign(own.design, own.result, 0);
    QSignalSpy spy(&editor, &DesignEditor::fieldEdited);
    editor.row("tie_word_embeddings")->findChild<QCheckBox*>()->click();
    QCOMPARE(spy.count(), 1);
    QVERIFY(spy[0][1].value<FieldValue>() == FieldValue(true));
}

void DesignEditorTest::fixEmitsItsEdit() {
    DesignEditor editor;
    const Shown own = shown("qwen3-235b-a22b");
    editor.setDesign(own.design, own.result, 0);
    FieldRow* row = editor.row("num_key_value_heads");
    QCOMPARE(row->findings().size(), std::size_t{1}); // 16 query heads share each KV head
    QSignalSpy spy(&editor, &DesignEditor::fieldEdited);
    auto* box = row->findChild<AdviceLabel*>();
    QVERIFY(box->text().contains(QStringLiteral("Set to 8")));
    emit box->linkActivated(QStringLiteral("fix"));
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy[0][0].toString(), QStringLiteral("num_key_value_heads"));
    QVERIFY(spy[0][1].value<FieldValue>() == FieldValue(std::int64_t{8}));
    QCOMPARE(spy[0][2].toBool(), false);
}

void DesignEditorTest::listDialogContinuesPattern() {
    const ModelConfig config = find_model_preset("gemma-3-27b")->config;
    ListDialog dialog(*find_field("layer_types"), config);
    QCOMPARE(dialog.problem(QStringLiteral("sliding_attention, full_attention")), QString());
    const FieldValue value = dialog.value();
    const auto& types = std::get<std::vector<std::string>>(value);
    QCOMPARE(static_cast<std::int64_t>(types.size()), config.num_hidden_layers);
    QCOMPARE(types[2], std::string("sliding_attention"));
    QCOMPARE(types[3], std::string("full_attention"));
    QVERIFY(!dialog.problem(QStringLiteral("diagonal_attention")).isEmpty());
    QVERIFY(dialog.value() == value); // what is wrong does not replace what was right
}

void DesignEditorTest::everyFieldHasWords() {
    for (const FieldInfo& field : config_fields()) {
        const QString name =
            QString::fromUtf8(field.name.data(), static_cast<qsizetype>(field.name.size()));
        QVERIFY2(fieldLabel(field.name) != name, qPrintable(name));
    }
}

void DesignEditorTest::presetsAreFound() {
    PresetPopup popup;
    popup.setFilter(QString());
    QCOMPARE(popup.shownPresets().size(), static_cast<qsizetype>(model_presets().size()));
    popup.setFilter(QStringLiteral("deepseek v3"));
    QCOMPARE(popup.shownPresets(), QStringList{QStringLiteral("deepseek-v3")});
    QSignalSpy spy(&popup, &PresetPopup::presetChosen);
    popup.setFilter(QStringLiteral("nothing like that"));
    QVERIFY(popup.shownPresets().isEmpty());
    QCOMPARE(spy.count(), 0);
}

void DesignEditorTest::typedNumbersKeepTheirRange() {
    for (const FieldInfo& field : config_fields()) {
        const auto typed = [&](std::int64_t number) {
            return parseFieldValue(field, QString::number(number));
        };
        if (std::holds_alternative<std::int64_t ModelConfig::*>(field.member) ||
            std::holds_alternative<std::optional<std::int64_t> ModelConfig::*>(field.member)) {
            QVERIFY2(typed(field.minimum) == FieldValue(field.minimum), field.name.data());
            QVERIFY2(typed(field.maximum) == FieldValue(field.maximum), field.name.data());
            QVERIFY2(!typed(field.maximum + 1), field.name.data());
            QVERIFY2(!typed(-1), field.name.data());
            QVERIFY2(!parseFieldValue(field, QStringLiteral("1.5")), field.name.data());
            QVERIFY2(!parseFieldValue(field, QStringLiteral("1e40")), field.name.data());
        } else if (std::holds_alternative<double ModelConfig::*>(field.member)) {
            QVERIFY2(typed(0) == FieldValue(0.0), field.name.data());
            QVERIFY2(!typed(-1), field.name.data());
        }
    }
}

QTEST_MAIN(DesignEditorTest)
#include "tst_design_editor.moc"
