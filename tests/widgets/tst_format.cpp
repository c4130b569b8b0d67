// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/format/axis_ticker.h"
#include "widgets/format/format.h"

#include <QtTest>

using namespace headroom::ui;

namespace {

/// Units stand after a no-break space; the tests write an ordinary one.
QString spaced(QString text) {
    return text.replace(QChar(0x00A0), QLatin1Char(' '));
}

class OpenTicker : public AxisTicker {
public:
    QVector<double> ticks(double lower, double upper) {
        setVisibleRange(lower, upper);
        const QCPRange range(lower, upper);
        QVector<double> all = createTickVector(getTickStep(range), range);
        all.erase(std::remove_if(all.begin(), all.end(),
                                 [&range](double tick) { return !range.contains(tick); }),
                  all.end());
        return all;
    }
    QStringList labels(double lower, double upper) {
        QStringList texts;
        for (const double tick : ticks(lower, upper)) {
            texts << spaced(getTickLabel(tick, QLocale::c(), u'g', 6));
        }
        return texts;
    }
};

} // namespace

class TestFormat : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void headline_data();
    void headline();
    void exact_data();
    void exact();
    void ratios_data();
    void ratios();
    void changes_data();
    void changes();
    void tokensShort_data();
    void tokensShort();
    void significantCarries();
    void bothByteReadings();
    void errorBars();
    void germanLocale();
    void axisOfBytesSharesOneUnit();
    void axisTicks_data();
    void axisTicks();
};

void TestFormat::headline_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<Quantity>("quantity");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, double value, Quantity quantity, const char* text) {
        QTest::newRow(name) << value << quantity << QString::fromUtf8(text);
    };
    row("Qwen3-235B", 235093634560.0, Quantity::Count, "235B");
    row("active", 21.6e9, Quantity::Count, "21.6B");
    row("trillion", 1.0267e12, Quantity::Count, "1.03T");
    row("carries to the next step", 999.7e6, Quantity::Count, "1.00B");
    row("just below", 999.4e6, Quantity::Count, "999M");
    row("small count is exact", 4096, Quantity::Count, "4,096");
    row("fractional count", 27.94, Quantity::Count, "27.9");
    row("KV per token", 192512, Quantity::BytesBinary, "188 KiB");
    row("MLA per token", 70272, Quantity::BytesBinary, "68.6 KiB");
    row("bytes stay whole", 576, Quantity::BytesBinary, "576 B");
    row("GiB", 11.75 * 1073741824.0, Quantity::BytesBinary, "11.8 GiB");
    row("1023 KiB", 1023 * 1024.0, Quantity::BytesBinary, "0.999 MiB");
    row("GB", 113.6e9, Quantity::BytesDecimal, "114 GB");
    row("microseconds", 61e-6, Quantity::Seconds, "61.0 µs");
    row("milliseconds", 18.3e-3, Quantity::Seconds, "18.3 ms");
    row("0.42 s", 0.42, Quantity::Seconds, "420 ms");
    row("seconds", 90, Quantity::Seconds, "90 s");
    row("minutes", 600, Quantity::Seconds, "10.0 min");
    row("days", 54 * 86400.0, Quantity::Seconds, "54.0 days");
    row("zero time", 0, Quantity::Seconds, "0 s");
    row("throughput", 1749.3, Quantity::TokensPerSecond, "1,750 tok/s");
    row("flops", 4.1e14, Quantity::Flops, "410 TFLOP");
    row("bandwidth", 4.8e12, Quantity::BytesPerSecond, "4.80 TB/s");
    row("rate", 989e12, Quantity::FlopsPerSecond, "989 TFLOP/s");
    row("tokens", 131072, Quantity::Tokens, "131,072 tokens");
    row("fraction", 0.2534, Quantity::Fraction, "25.3%");
    row("ratio", 2.739, Quantity::Ratio, "2.7×");
    row("negative", -5.0 * 1073741824.0, Quantity::BytesBinary, "−5.00 GiB");
    row("unknown", qQNaN(), Quantity::Count, "–");
}

void TestFormat::headline() {
    QFETCH(double, value);
    QFETCH(Quantity, quantity);
    QFETCH(QString, expected);
    QCOMPARE(spaced(format::headline(value, quantity)), expected);
}

void TestFormat::exact_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<Quantity>("quantity");
    QTest::addColumn<QString>("expected");
    QTest::newRow("bytes") << 192512.0 << Quantity::BytesBinary << QStringLiteral("192,512 bytes");
    QTest::newRow("count") << 235093634560.0 << Quantity::Count
                           << QStringLiteral("235,093,634,560");
    QTest::newRow("tokens") << 65536.0 << Quantity::Tokens << QStringLiteral("65,536 tokens");
    QTest::newRow("seconds") << 0.0183 << Quantity::Seconds << QStringLiteral("0.0183 s");
    QTest::newRow("fraction") << 0.125 << Quantity::Fraction << QStringLiteral("12.5%");
}

void TestFormat::exact() {
    QFETCH(double, value);
    QFETCH(Quantity, quantity);
    QFETCH(QString, expected);
    QCOMPARE(spaced(format::exact(value, quantity)), expected);
}

void TestFormat::ratios_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("reference");
    QTest::addColumn<QString>("expected");
    QTest::newRow("MLA") << 70272.0 << 192512.0 << QStringLiteral("2.7× less");
    QTest::newRow("more") << 192512.0 << 70272.0 << QStringLiteral("2.7× more");
    QTest::newRow("sixteenfold") << 16.0 << 1.0 << QStringLiteral("16× more");
    QTest::newRow("close") << 1.072 << 1.0 << QStringLiteral("7.2% more");
    QTest::newRow("equal") << 5.0 << 5.0 << QStringLiteral("the same");
    QTest::newRow("no reference") << 5.0 << 0.0 << QString();
    QTest::newRow("unknown") << qQNaN() << 1.0 << QString();
}

void TestFormat::ratios() {
    QFETCH(double, value);
    QFETCH(double, reference);
    QFETCH(QString, expected);
    QCOMPARE(format::ratioInWords(value, reference), expected);
}

void TestFormat::changes_data() {
    QTest::addColumn<double>("before");
    QTest::addColumn<double>("after");
    QTest::addColumn<QString>("expected");
    QTest::newRow("less") << 4.0 << 1.0 << QStringLiteral("−75%");
    QTest::newRow("more") << 1.0 << 1.38 << QStringLiteral("+38%");
    QTest::newRow("little") << 100.0 << 102.3 << QStringLiteral("+2.3%");
    QTest::newRow("equal") << 3.0 << 3.0 << QStringLiteral("±0%");
    QTest::newRow("many") << 1.0 << 16.0 << QStringLiteral("16×");
    QTest::newRow("from nothing") << 0.0 << 1.0 << QString();
}

void TestFormat::changes() {
    QFETCH(double, before);
    QFETCH(double, after);
    QFETCH(QString, expected);
    QCOMPARE(format::percentChange(before, after), expected);
}

void TestFormat::tokensShort_data() {
    QTest::addColumn<double>("tokens");
    QTest::addColumn<QString>("expected");
    QTest::newRow("1K") << 1024.0 << QStringLiteral("1K");
    QTest::newRow("128K") << 131072.0 << QStringLiteral("128K");
    QTest::newRow("1M") << 1048576.0 << QStringLiteral("1M");
    QTest::newRow("40K") << 40960.0 << QStringLiteral("40K");
    QTest::newRow("no binary thousand") << 100000.0 << QStringLiteral("100,000");
    QTest::newRow("512") << 512.0 << QStringLiteral("512");
    QTest::newRow("zero") << 0.0 << QStringLiteral("0");
}

void TestFormat::tokensShort() {
    QFETCH(double, tokens);
    QFETCH(QString, expected);
    QCOMPARE(format::tokensShort(tokens), expected);
}

void TestFormat::significantCarries() {
    QCOMPARE(format::significant(9.996, 3), QStringLiteral("10.0"));
    QCOMPARE(format::significant(0.00012345, 3), QStringLiteral("0.000123"));
    QCOMPARE(format::significant(1749.3, 3), QStringLiteral("1,750"));
    QCOMPARE(format::significant(0.0, 3), QStringLiteral("0"));
}

void TestFormat::bothByteReadings() {
    QCOMPARE(spaced(format::bytesBoth(113.6e9)), QStringLiteral("113.6 GB (105.8 GiB)"));
}

void TestFormat::errorBars() {
    QCOMPARE(spaced(format::errorBar(0.06)), QStringLiteral("± 6%"));
    QCOMPARE(spaced(format::errorBar(0.004)), QStringLiteral("± 0.4%"));
}

void TestFormat::germanLocale() {
    const QLocale german(QLocale::German);
    QCOMPARE(spaced(format::headline(21.6e9, Quantity::Count, german)), QStringLiteral("21,6B"));
    QCOMPARE(spaced(format::exact(192512, Quantity::BytesBinary, german)),
             QStringLiteral("192.512 bytes"));
}

void TestFormat::axisOfBytesSharesOneUnit() {
    const format::AxisScale scale =
        format::axisScale(0.0, 25.0 * 1073741824.0, Quantity::BytesBinary, false);
    QCOMPARE(scale.titleUnit, QStringLiteral("GiB"));
    QCOMPARE(format::tick(5.0 * 1073741824.0, Quantity::BytesBinary, scale), QStringLiteral("5"));
    QCOMPARE(format::axisTitle(QStringLiteral("KV cache per sequence"), scale),
             QStringLiteral("KV cache per sequence (GiB)"));
    const format::AxisScale counts = format::axisScale(0.0, 7e11, Quantity::Count, false);
    QCOMPARE(counts.titleUnit, QString());
    QCOMPARE(format::tick(1e11, Quantity::Count, counts), QStringLiteral("100B"));
}

void TestFormat::axisTicks_data() {
    QTest::addColumn<Quantity>("quantity");
    QTest::addColumn<bool>("logarithmic");
    QTest::addColumn<double>("lower");
    QTest::addColumn<double>("upper");
    QTest::addColumn<QString>("expected");
    QTest::newRow("context, log") << Quantity::Tokens << true << 1024.0 << 131072.0
                                  << QStringLiteral("1K 2K 4K 8K 16K 32K 64K 128K");
    QTest::newRow("context, linear")
        << Quantity::Tokens << false << 0.0 << 131072.0 << QStringLiteral("0 32K 64K 96K 128K");
    QTest::newRow("GiB, linear") << Quantity::BytesBinary << false << 0.0 << 26.0 * 1073741824.0
                                 << QStringLiteral("0 5 10 15 20 25");
    QTest::newRow("ms, log") << Quantity::Seconds << true << 0.4e-3 << 11e-3
                             << QStringLiteral("0.5 1 2 5 10");
    QTest::newRow("many decades name their unit")
        << Quantity::Seconds << true << 1e-6 << 1.0
        << QStringLiteral("1 µs|10 µs|100 µs|1 ms|10 ms|100 ms|1 s");
    QTest::newRow("count") << Quantity::Count << false << 0.0 << 7e11
                           << QStringLiteral("0 100B 200B 300B 400B 500B 600B 700B");
    QTest::newRow("few experts stay whole")
        << Quantity::Count << false << 0.0 << 3.0 << QStringLiteral("0 1 2 3");
}

void TestFormat::axisTicks() {
    QFETCH(Quantity, quantity);
    QFETCH(bool, logarithmic);
    QFETCH(double, lower);
    QFETCH(double, upper);
    QFETCH(QString, expected);
    OpenTicker ticker;
    ticker.setTickCount(5);
    ticker.configure(quantity, logarithmic, false, QString());
    const QChar between = expected.contains(u'|') ? u'|' : u' ';
    QCOMPARE(ticker.labels(lower, upper), expected.split(between));
}

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
