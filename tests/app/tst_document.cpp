// SPDX-License-Identifier: GPL-3.0-or-later
// Document: every edit is one named entry that undo and redo take back and forth.
#include "app/document.h"
#include "core/presets/presets.h"

#include <QSignalSpy>
#include <QtTest>

using namespace headroom;
using namespace headroom::ui;

namespace {

FieldValue number(std::int64_t value) {
    return value;
}

Design preset(const char* id) {
    const ModelPreset* found = find_model_preset(id);
    return found == nullptr ? Design{} : Design{found->name, found->id, found->config};
}

} // namespace

class TestDocument : public QObject {
    Q_OBJECT

private slots:
    void startsWithTheDefaultStudy();
    void fieldEditsUndoAndRedo();
    void ropeScalingIsAnEdit();
    void everyEditUndoesToTheSameState();
    void oneDragIsOneEntry();
    void twoDragsAreTwoEntries();
    void dragBackToTheStartLeavesNoEntry();
    void dragsOfDifferentFieldsStayApart();
    void refusedValuesChangeNothing();
    void equalValuesLeaveNoEntry();
    void ghostIsTheStateBeforeTheDrag();
    void referenceFollowsUntilItIsPinned();
    void removalKeepsReferencesInStep();
    void atMostFourDesigns();
    void revisionsGrow();
};

void TestDocument::startsWithTheDefaultStudy() {
    Document document;
    QCOMPARE(document.designCount(), 2);
    QVERIFY(document.study() == default_study());
    QVERIFY(document.snapshot() != nullptr);
    QVERIFY(document.snapshot()->results.front().analysis.has_value());
    QVERIFY(document.ghost() == nullptr);
    QVERIFY(document.reference() != nullptr);
    QVERIFY(!document.undoStack().canUndo());
}

void TestDocument::fieldEditsUndoAndRedo() {
    Document document;
    const DocumentState before = document.state();
    const std::int64_t bytes = document.snapshot()->results[0].analysis->kv.bytes_per_token;
    QSignalSpy changed(&document, &Document::changed);
    QVERIFY(document.setField(0, QStringLiteral("num_key_value_heads"), number(8), false));
    const DocumentState after = document.state();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(document.study().designs[0].config.num_key_value_heads, 8);
    QCOMPARE(document.snapshot()->results[0].analysis->kv.bytes_per_token, 2 * bytes);
    QCOMPARE(document.undoLabel(), QStringLiteral("Set num_key_value_heads to 8"));

    document.undoStack().undo();
    QVERIFY(document.state() == before);
    QCOMPARE(document.snapshot()->results[0].analysis->kv.bytes_per_token, bytes);
    QCOMPARE(document.redoLabel(), QStringLiteral("Set num_key_value_heads to 8"));
    document.undoStack().redo();
    QVERIFY(document.state() == after);
}

void TestDocument::ropeScalingIsAnEdit() {
    Document document;
    const DocumentState before = document.state();
    RopeScaling yarn;
    yarn.rope_type = "yarn";
    yarn.factor = 4.0;
    yarn.original_max_position_embeddings = 32768;
    QVERIFY(document.setRopeScaling(0, yarn));
    QVERIFY(document.study().designs[0].config.rope_scaling == yarn);
    QCOMPARE(document.undoLabel(), QStringLiteral("Set rope_scaling to yarn × 4"));
    QVERIFY(document.setRopeScaling(0, yarn)); // the same again is no entry
    QCOMPARE(document.undoStack().count(), 1);
    const DocumentState after = document.state();
    yarn.factor = 0.5;
    QString error;
    QVERIFY(!document.setRopeScaling(0, yarn, &error));
    QVERIFY2(error.contains(QStringLiteral("rope_scaling.factor")), qPrintable(error));
    QVERIFY(!document.setRopeScaling(9, yarn, &error));
    QVERIFY(document.state() == after);
    document.undoStack().undo();
    QVERIFY(document.state() == before);
}

void TestDocument::everyEditUndoesToTheSameState() {
    Document document;
    std::vector<DocumentState> states{document.state()};
    const auto keep = [&] { states.push_back(document.state()); };
    Scenario scenario = document.study().scenario;
    document.setField(1, QStringLiteral("kv_lora_rank"), number(256), false);
    keep();
    scenario.workload.batch = 7;
    document.setScenario(scenario, false);
    keep();
    scenario.formats.kv = NumberFormat::Fp8;
    document.setScenario(scenario, false);
    keep();
    RopeScaling yarn;
    yarn.rope_type = "yarn";
    yarn.factor = 4.0;
    QVERIFY(document.setRopeScaling(0, yarn));
    keep();
    scenario.deployment.devices = 16;
    document.setScenario(scenario, false);
    keep();
    document.addDesign(preset("qwen3-8b"));
    keep();
    document.renameDesign(2, QStringLiteral("small"));
    keep();
    document.swapDesigns(0, 2);
    keep();
    document.duplicateDesign(1);
    keep();
    document.replaceDesign(3, preset("gemma-3-27b"));
    keep();
    document.pin();
    keep();
    document.unpin();
    keep();
    document.removeDesign(0);
    keep();
    document.replaceAll(defaultState(), {"New session", {}});
    keep();
    QCOMPARE(document.undoStack().count(), static_cast<int>(states.size()) - 1);
    for (std::size_t i = states.size() - 1; i-- > 0;) {
        QVERIFY(!document.undoLabel().isEmpty());
        document.undoStack().undo();
        QVERIFY2(document.state().study == states[i].study, qPrintable(QString::number(i)));
        QVERIFY2(document.state().reference == states[i].reference, qPrintable(QString::number(i)));
        QCOMPARE(document.state().pinned, states[i].pinned);
    }
    for (std::size_t i = 1; i < states.size(); ++i) {
        document.undoStack().redo();
        QVERIFY2(document.state().study == states[i].study, qPrintable(QString::number(i)));
    }
}

void TestDocument::oneDragIsOneEntry() {
    Document document;
    const DocumentState before = document.state();
    for (const std::int64_t size : {4224, 4352, 4480, 4608}) {
        QVERIFY(document.setField(0, QStringLiteral("hidden_size"), number(size), true));
    }
    document.finishEditing();
    QCOMPARE(document.undoStack().count(), 1);
    QCOMPARE(document.undoLabel(), QStringLiteral("Set hidden_size to 4608"));
    document.undoStack().undo();
    QVERIFY(document.state() == before);
}

void TestDocument::twoDragsAreTwoEntries() {
    Document document;
    for (int drag = 0; drag < 2; ++drag) {
        for (const std::int64_t size : {4224, 4352, 4480}) {
            document.setField(0, QStringLiteral("hidden_size"), number(size + 128 * drag), true);
        }
        document.finishEditing();
    }
    QCOMPARE(document.undoStack().count(), 2);
    document.undoStack().undo();
    QCOMPARE(document.study().designs[0].config.hidden_size, 4480);
}

void TestDocument::dragBackToTheStartLeavesNoEntry() {
    Document document;
    document.setField(0, QStringLiteral("num_key_value_heads"), number(8), true);
    document.setField(0, QStringLiteral("num_key_value_heads"), number(4), true);
    document.finishEditing();
    QCOMPARE(document.undoStack().count(), 0);
    QVERIFY(document.study() == default_study());
}

void TestDocument::dragsOfDifferentFieldsStayApart() {
    Document document;
    document.setField(0, QStringLiteral("num_key_value_heads"), number(8), true);
    document.setField(1, QStringLiteral("hidden_size"), number(4096), true);
    document.setField(0, QStringLiteral("hidden_size"), number(5120), true);
    document.finishEditing();
    QCOMPARE(document.undoStack().count(), 3);
}

void TestDocument::refusedValuesChangeNothing() {
    Document document;
    QString error;
    QVERIFY(!document.setField(0, QStringLiteral("hidden_size"), number(-1), false, &error));
    QVERIFY2(error.contains(QStringLiteral("hidden_size")), qPrintable(error));
    QVERIFY(!document.setField(0, QStringLiteral("no_such_field"), number(1), false, &error));
    QVERIFY2(error.contains(QStringLiteral("no_such_field")), qPrintable(error));
    QVERIFY(document.study() == default_study());
    QCOMPARE(document.undoStack().count(), 0);
}

void TestDocument::equalValuesLeaveNoEntry() {
    Document document;
    document.setField(0, QStringLiteral("num_key_value_heads"), number(4), false);
    document.setScenario(document.study().scenario, false);
    document.pin();
    document.pin();
    QCOMPARE(document.undoStack().count(), 1);
}

void TestDocument::ghostIsTheStateBeforeTheDrag() {
    Document document;
    const auto before = document.snapshot();
    document.setField(0, QStringLiteral("num_key_value_heads"), number(8), true);
    document.setField(0, QStringLiteral("num_key_value_heads"), number(16), true);
    QVERIFY(document.ghost() == before);
    document.finishEditing();
    QVERIFY(document.ghost() == before);
    const auto between = document.snapshot();
    document.setField(0, QStringLiteral("num_key_value_heads"), number(32), true);
    QVERIFY(document.ghost() == between);
    document.finishEditing();
    document.clearGhost();
    QVERIFY(document.ghost() == nullptr);
}

void TestDocument::referenceFollowsUntilItIsPinned() {
    Document document;
    document.replaceDesign(0, preset("qwen3-8b"));
    QVERIFY(document.state().reference->designs[0] == document.study().designs[0]);
    document.setField(0, QStringLiteral("hidden_size"), number(5120), false);
    QVERIFY(!(document.state().reference->designs[0] == document.study().designs[0]));
    document.pin();
    QVERIFY(*document.state().reference == document.study());
    document.replaceDesign(0, preset("qwen3-14b"));
    QCOMPARE(document.state().reference->designs[0].preset, std::string("qwen3-8b"));
    document.unpin();
    QVERIFY(document.reference() == nullptr);
}

void TestDocument::removalKeepsReferencesInStep() {
    Document document;
    document.select(1);
    document.removeDesign(0);
    QCOMPARE(document.designCount(), 1);
    QCOMPARE(document.selected(), 0);
    QCOMPARE(document.state().reference->designs.size(), std::size_t{1});
    QVERIFY(document.state().reference->designs[0] == document.study().designs[0]);
    document.removeDesign(0);
    QCOMPARE(document.designCount(), 1);
}

void TestDocument::atMostFourDesigns() {
    Document document;
    for (int i = 0; i < 5; ++i) {
        document.duplicateDesign(0);
    }
    QCOMPARE(document.designCount(), 4);
    QVERIFY(!document.canAddDesign());
    QVERIFY(document.study().designs[2].name != document.study().designs[0].name);
}

void TestDocument::revisionsGrow() {
    Document document;
    const auto first = document.snapshot()->revision;
    document.setField(0, QStringLiteral("num_key_value_heads"), number(8), false);
    QVERIFY(document.snapshot()->revision > first);
}

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
