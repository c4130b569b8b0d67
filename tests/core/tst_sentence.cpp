// SPDX-License-Identifier: GPL-3.0-or-later
// Sentences as values: their English, what stands in their gaps, and the tables that they come
// from.
#include "core/base/base_sentences.h"
#include "core/base/result.h"

#include <QTest>

using namespace headroom;

namespace {

constexpr auto table = std::to_array<SentenceTemplate>({
    sentence("plain", "nothing to fill in"),
    sentence("two", "{first} before {second}"),
    sentence("ends", "{first}{second}"),
});

template <SentenceId Id>
constexpr Says<table, Id> says;

std::string said(const Argument& argument) {
    return english(argument);
}

} // namespace

class SentenceTest : public QObject {
    Q_OBJECT

private slots:
    void fillsItsGaps();
    void writesNumbers();
    void joinsSentences();
    void findsArguments();
    void comparesBySentenceAndArguments();
    void errorsNameTheirPlace();
};

void SentenceTest::fillsItsGaps() {
    QCOMPARE(english(says<"plain">()), std::string("nothing to fill in"));
    QCOMPARE(english(says<"two">("a", 2)), std::string("a before 2"));
    QCOMPARE(english(says<"ends">("a", "b")), std::string("ab"));
    QCOMPARE(english(says<"two">(says<"two">(1, 2), says<"plain">())),
             std::string("1 before 2 before nothing to fill in"));
    // Braces of an argument are no gaps.
    QCOMPARE(english(says<"two">("{second}", 2)), std::string("{second} before 2"));
    QCOMPARE(english(Sentence::verbatim("as {it} is")), std::string("as {it} is"));
    QVERIFY(Sentence().empty());
    QVERIFY(english(Sentence()).empty());
}

void SentenceTest::writesNumbers() {
    QCOMPARE(said(1234567), std::string("1234567"));
    QCOMPARE(said(-1), std::string("-1"));
    QCOMPARE(said(Grouped{1234567}), std::string("1,234,567"));
    QCOMPARE(said(fixed(2.5714, 2)), std::string("2.57"));
    QCOMPARE(said(fixed(2, 1)), std::string("2.0"));
    QCOMPARE(said(fixed(-0.04, 1)), std::string("-0.0")); // as printf writes it
    QCOMPARE(said(significant(2.5714, 3)), std::string("2.57"));
    QCOMPARE(said(significant(2, 3)), std::string("2"));
    QCOMPARE(said(significant(1234567, 6)), std::string("1.23457e+06"));
    QCOMPARE(said(shortest(0.1)), std::string("0.1"));
    QCOMPARE(said(shortest(1e6)), std::string("1000000"));
    QCOMPARE(said(shortest(1e20)), std::string("1e+20"));
    QCOMPARE(said(Quote{"7 B"}), std::string("7 B"));
    QCOMPARE(said(Names{{"a", "b", "c"}}), std::string("a, b, c"));
}

void SentenceTest::joinsSentences() {
    const std::vector<Sentence> parts{says<"two">(1, 2), says<"plain">()};
    const auto text = [&](Join join) { return english(joined(join, parts)); };
    QCOMPARE(text(Join::Comma), std::string("1 before 2, nothing to fill in"));
    QCOMPARE(text(Join::Semicolon), std::string("1 before 2; nothing to fill in"));
    QCOMPARE(text(Join::Space), std::string("1 before 2 nothing to fill in"));
    QCOMPARE(text(Join::Nothing), std::string("1 before 2nothing to fill in"));
    QVERIFY(english(joined(Join::Comma, {})).empty());
}

void SentenceTest::findsArguments() {
    const Sentence inner = says<"two">(1, 2);
    const Sentence outer = found_expected(inner, "x");
    QVERIFY(*find_argument(outer, "expected") == Argument("x"));
    QVERIFY(*find_argument(outer, "second") == Argument(2)); // of the sentence within
    QVERIFY(find_argument(outer, "third") == nullptr);
    // Its own argument goes before one of the same name within it.
    QVERIFY(*find_argument(says<"two">(inner, 7), "second") == Argument(7));
}

void SentenceTest::comparesBySentenceAndArguments() {
    QVERIFY(says<"two">(1, 2) == says<"two">(1, 2));
    QVERIFY(!(says<"two">(1, 2) == says<"two">(2, 1)));
    QVERIFY(!(says<"two">(1, 2) == says<"ends">(1, 2)));
    QVERIFY(!(says<"two">(1, 2) == says<"two">(1, "2"))); // a number is no text
    QVERIFY(says<"two">(says<"plain">(), 2) == says<"two">(says<"plain">(), 2));
}

void SentenceTest::errorsNameTheirPlace() {
    Error error{"config.json", "hidden_size", found_expected(0, base_says<"positive-integer">())};
    QCOMPARE(error.text(),
             std::string("config.json: hidden_size: found 0, expected a positive integer"));
    error.file.clear();
    QCOMPARE(error.text(), std::string("hidden_size: found 0, expected a positive integer"));
    error.path.clear();
    QCOMPARE(error.text(), std::string("found 0, expected a positive integer"));
}

QTEST_APPLESS_MAIN(SentenceTest)
#include "tst_sentence.moc"
