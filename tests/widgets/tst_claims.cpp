// SPDX-License-Identifier: GPL-3.0-or-later
// The page of claims: the same rows as `check`, verdicts told without colour, tables of one's own.
#include "widgets/pages/claims_model.h"
#include "widgets/pages/claims_page.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace headroom;
using namespace headroom::ui;

namespace {

void choose(ClaimsPage& page, const QString& table) {
    page.restoreView({{QStringLiteral("table"), table}});
    page.setResult(nullptr, nullptr, {});
}

QString textNamed(const ClaimsPage& page, const QString& accessibleName) {
    for (const QLabel* label : page.findChildren<QLabel*>()) {
        if (label->accessibleName() == accessibleName) {
            return label->text();
        }
    }
    return {};
}

} // namespace

class ClaimsTest : public QObject {
    Q_OBJECT

private slots:
    void modelIsSound();
    void sameAsCheck_data();
    void sameAsCheck();
    void verdictsDifferWithoutColour();
    void chosenRowIsShownInFull();
    void ownTable();
    void brokenTables();
    void viewIsRemembered();
    void written();
};

void ClaimsTest::modelIsSound() {
    ClaimsModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const ShippedTable& table : shipped_tables()) {
        model.setReport(*check_table(table.text, table.name));
        QVERIFY(model.rowCount() > 0);
    }
    model.refresh();
    model.setReport({});
    QCOMPARE(model.rowCount(), 0);
}

void ClaimsTest::sameAsCheck_data() {
    QTest::addColumn<QString>("name");
    QCOMPARE(shipped_tables().size(), std::size_t{4});
    for (const ShippedTable& table : shipped_tables()) {
        const auto name = QString::fromStdString(std::string(table.name));
        QTest::newRow(qPrintable(name)) << name;
    }
}

/// Without the marks by which the window's language groups digits.
static std::string plain(const std::string& text) {
    static const QRegularExpression grouping(QStringLiteral("(?<=\\d),(?=\\d{3})"));
    return QString::fromStdString(text).remove(grouping).toStdString();
}

void ClaimsTest::sameAsCheck() {
    QFETCH(QString, name);
    ClaimsPage page;
    choose(page, name);
    for (const ShippedTable& table : shipped_tables()) {
        if (name != QString::fromStdString(std::string(table.name))) {
            continue;
        }
        const auto report = check_table(table.text, table.name);
        QVERIFY(report);
        QCOMPARE(page.model().rowCount(), static_cast<int>(report->rows.size()));
        for (int row = 0; row < page.model().rowCount(); ++row) {
            const CheckRow& expected = report->rows[static_cast<std::size_t>(row)];
            const auto cell = [&](int column) {
                return page.model().index(row, column).data().toString().toStdString();
            };
            QCOMPARE(cell(ClaimsModel::SubjectColumn), expected.model);
            QCOMPARE(plain(cell(ClaimsModel::ClaimColumn)), plain(english(expected.claim)));
            QCOMPARE(plain(cell(ClaimsModel::ComputedColumn)), plain(english(expected.computed)));
            QCOMPARE(plain(cell(ClaimsModel::WhyColumn)), plain(english(expected.why)));
            QCOMPARE(cell(ClaimsModel::VerdictColumn), verdictText(expected.verdict).toStdString());
        }
    }
}

void ClaimsTest::verdictsDifferWithoutColour() {
    std::set<std::string> texts;
    for (const Verdict verdict :
         {Verdict::CanBeTrue, Verdict::ContradictsOfficial, Verdict::CannotBeTrue, Verdict::Holds,
          Verdict::HoldsUnderCondition, Verdict::DoesNotHold, Verdict::CannotBeComputed}) {
        QVERIFY(texts.insert(verdictText(verdict).toStdString()).second);
        QVERIFY(!verdictIcon(verdict).isNull());
    }
    // The signs differ in grey, too.
    const auto grey = [](Verdict verdict) {
        return verdictIcon(verdict).pixmap(16, 16).toImage().convertToFormat(
            QImage::Format_Grayscale8);
    };
    QVERIFY(grey(Verdict::Holds) != grey(Verdict::DoesNotHold));
    QVERIFY(isRefuted(Verdict::CannotBeTrue) && !isRefuted(Verdict::ContradictsOfficial));
}

void ClaimsTest::chosenRowIsShownInFull() {
    ClaimsPage page;
    page.resize(900, 600);
    choose(page, QStringLiteral("qwen3_secondary_table"));
    auto* view = page.findChild<QTableView*>();
    QVERIFY(view != nullptr && !view->accessibleName().isEmpty());
    for (const int row : {1, 0}) {
        view->setCurrentIndex(page.model().index(row, 0));
        const CheckRow& shown = page.model().report().rows[static_cast<std::size_t>(row)];
        QCOMPARE(plain(textNamed(page, QStringLiteral("Why")).toStdString()),
                 plain(english(shown.why)));
        QCOMPARE(textNamed(page, QStringLiteral("Verdict")), verdictText(shown.verdict));
    }
}

void ClaimsTest::ownTable() {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("own.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"title": "own", "rows": [
        {"model": "Qwen3-8B", "hidden_size": 4096, "num_hidden_layers": 36, "claimed_total": 8.2e9},
        {"model": "Qwen3-8B", "hidden_size": 1024, "num_hidden_layers": 36, "claimed_total": 8.2e9}
        ]})");
    file.close();
    ClaimsPage page;
    QSignalSpy checked(&page, &ClaimsPage::checked);
    page.openTable(path);
    QVERIFY(checked.wait(20000));
    QCOMPARE(page.model().rowCount(), 2);
    QVERIFY(!isRefuted(page.model().report().rows[0].verdict));
    QVERIFY(isRefuted(page.model().report().rows[1].verdict));
    QVERIFY(page.findChild<QComboBox*>()->currentText() == QLatin1String("own.json"));
}

void ClaimsTest::brokenTables() {
    QTemporaryDir folder;
    ClaimsPage page;
    const auto text = [&page] { return page.model().rowCount(); };
    for (const QByteArray& json :
         {QByteArray("{"), QByteArray("[]"), QByteArray(R"({"rows": [{"hidden_size": 1}]})")}) {
        const QString path = folder.filePath(QStringLiteral("broken.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(json);
        file.close();
        QSignalSpy checked(&page, &ClaimsPage::checked);
        page.openTable(path);
        QVERIFY(checked.wait(20000));
        QCOMPARE(text(), 0);
        QVERIFY(!page.canExport());
    }
    QSignalSpy checked(&page, &ClaimsPage::checked);
    page.openTable(folder.filePath(QStringLiteral("none.json")));
    QVERIFY(checked.wait(20000));
    QCOMPARE(text(), 0);
}

void ClaimsTest::viewIsRemembered() {
    ClaimsPage page;
    choose(page, QStringLiteral("worked_examples"));
    page.findChild<QTableView*>()->setCurrentIndex(page.model().index(2, 0));
    ClaimsPage other;
    other.restoreView(page.saveView());
    other.setResult(nullptr, nullptr, {});
    QCOMPARE(other.model().rowCount(), page.model().rowCount());
    QCOMPARE(other.findChild<QTableView*>()->currentIndex().row(), 2);
    other.restoreView({{QStringLiteral("table"), 5}, {QStringLiteral("row"), -7}});
    QVERIFY(other.model().rowCount() > 0);
}

void ClaimsTest::written() {
    QTemporaryDir folder;
    ClaimsPage page;
    choose(page, QStringLiteral("claims"));
    QString error;
    for (const char* name : {"claims.csv", "claims.md"}) {
        const QString path = folder.filePath(QLatin1String(name));
        QVERIFY2(page.writeTable(path, &error), qPrintable(error));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().count('\n') > page.model().rowCount());
    }
    QVERIFY(!page.writeTable(folder.filePath(QStringLiteral("no/such/folder.csv")), &error));
    QVERIFY(!error.isEmpty());
}

QTEST_MAIN(ClaimsTest)
#include "tst_claims.moc"
