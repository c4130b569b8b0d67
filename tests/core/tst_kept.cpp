// SPDX-License-Identifier: GPL-3.0-or-later
// What layers keep and what a decode step reads of it: every bound by hand, chunked layers against
// the remainder of their chunk, and one description behind report, operators, memory and engine.
#include "core/accounting/kv_cache.h"
#include "core/accounting/memory.h"
#include "core/accounting/operators.h"
#include "core/config/expand.h"
#include "core/engine/kv_cache.h"
#include "core/presets/presets.h"

#include "designs.h"

#include <QTest>

using namespace headroom;

class TestKept : public QObject {
    Q_OBJECT

private slots:
    void bounds_data();
    void bounds();
    void aSelectionReadsLess();
    void formatsOfTheirOwn();
    void headsAreDividedUntilOneIsLeft();
    void chunkedLayersReadTheRemainder();
    void everyoneAsksTheSame_data();
    void everyoneAsksTheSame();
};

namespace {

ModelSpec specOf(const std::string& name) {
    return *expand_layers(design_list::config_of(name));
}

KeptEntry entryOf(KeptBound bound, std::int64_t size) {
    KeptEntry entry;
    entry.bound = bound;
    entry.size = size;
    entry.heads = 2;
    entry.key_numbers = 3;
    entry.value_numbers = 5;
    return entry;
}

} // namespace

void TestKept::bounds_data() {
    QTest::addColumn<int>("bound");
    QTest::addColumn<qint64>("size");
    QTest::addColumn<qint64>("tokens");
    QTest::addColumn<qint64>("stored"); // after so many tokens
    QTest::addColumn<qint64>("read");   // by the step whose token is the last of them
    const auto row = [](const char* name, KeptBound bound, qint64 size, qint64 tokens,
                        qint64 stored, qint64 read) {
        QTest::newRow(name) << static_cast<int>(bound) << size << tokens << stored << read;
    };
    row("grows", KeptBound::Grows, 0, 7, 7, 7);
    row("within the window", KeptBound::Window, 4, 3, 3, 3);
    row("a full window", KeptBound::Window, 4, 4, 4, 4);
    row("beyond the window", KeptBound::Window, 4, 9, 4, 4);
    row("a window of one", KeptBound::Window, 1, 9, 1, 1);
    row("within the chunk", KeptBound::Chunk, 4, 3, 3, 3);
    row("a full chunk", KeptBound::Chunk, 4, 4, 4, 4);
    row("the next chunk begins", KeptBound::Chunk, 4, 5, 4, 1);
    row("inside the third chunk", KeptBound::Chunk, 4, 11, 4, 3);
    row("the third chunk is full", KeptBound::Chunk, 4, 12, 4, 4);
    row("no entry is complete", KeptBound::Rate, 4, 3, 0, 0);
    row("one entry for four tokens", KeptBound::Rate, 4, 4, 1, 1);
    row("the second is not complete", KeptBound::Rate, 4, 7, 1, 1);
    row("a state", KeptBound::Fixed, 0, 1000, 1, 1);
}

void TestKept::bounds() {
    QFETCH(int, bound);
    QFETCH(qint64, size);
    QFETCH(qint64, tokens);
    KeptEntry entry = entryOf(static_cast<KeptBound>(bound), size);
    QTEST(static_cast<qint64>(stored_entries(entry, tokens)), "stored");
    QTEST(static_cast<qint64>(read_entries(entry, tokens - 1)), "read");
    entry.is_shared = true; // another layer stores it, this one reads it all the same
    QCOMPARE(stored_entries(entry, tokens), std::int64_t{0});
    QTEST(static_cast<qint64>(read_entries(entry, tokens - 1)), "read");
}

void TestKept::aSelectionReadsLess() {
    KeptEntry entry = entryOf(KeptBound::Grows, 0);
    entry.most_read = 10;
    QCOMPARE(read_entries(entry, 5), std::int64_t{6}); // fewer than may be chosen
    QCOMPARE(read_entries(entry, 99), std::int64_t{10});
    QCOMPARE(stored_entries(entry, 100), std::int64_t{100});
    // Three tokens after 99 choose ten each of 102.
    QCOMPARE(read_entries(entry, 99, 3), std::int64_t{30});
}

void TestKept::formatsOfTheirOwn() {
    KeptEntry entry = entryOf(KeptBound::Grows, 0); // 2 * (3 + 5) numbers
    QCOMPARE(static_cast<std::int64_t>(stored_bytes(entry, 7, NumberFormat::Bf16)),
             std::int64_t{7 * 16 * 2});
    QCOMPARE(static_cast<std::int64_t>(read_bytes(entry, 6, 1, NumberFormat::Fp8)),
             std::int64_t{7 * 16});
    entry.format = NumberFormat::Fp32; // a state stays what it is, whatever the cache is kept in
    QCOMPARE(static_cast<std::int64_t>(stored_bytes(entry, 7, NumberFormat::Fp8)),
             std::int64_t{7 * 16 * 4});
    QCOMPARE(static_cast<std::int64_t>(read_bytes(entry, 6, 1, NumberFormat::Fp8)),
             std::int64_t{7 * 16 * 4});
}

void TestKept::headsAreDividedUntilOneIsLeft() {
    KeptEntry entry = entryOf(KeptBound::Grows, 0);
    entry.heads = 8;
    QCOMPARE(on_device(entry, 4).heads, std::int64_t{2});
    QCOMPARE(on_device(entry, 16).heads, std::int64_t{1});
    const KeptEntry latent = kept_by(specOf("deepseek-v3").layer(0).sub_layers[0].kind).front();
    QCOMPARE(static_cast<std::int64_t>(on_device(latent, 8).numbers()), std::int64_t{512 + 64});
}

// Llama 4 Scout: 36 of 48 layers see chunks of 8,192 tokens; 8 KV heads of 128, keys and values in
// bf16 make 4,096 bytes a token and layer.
void TestKept::chunkedLayersReadTheRemainder() {
    const ModelSpec spec = specOf("llama-4-scout");
    const std::int64_t row = 2 * 8 * 128 * 2;
    const auto at = [&](std::int64_t context) {
        Workload workload;
        workload.context = context;
        return kv_cache(spec, workload, NumberFormat::Bf16);
    };
    // 9,000 = 8,192 + 808, 12,000 = 8,192 + 3,808, 16,384 = 2 * 8,192
    QCOMPARE(at(9000).bytes_read_per_decode_step, row * (12 * 9000 + 36 * 808));
    QCOMPARE(at(9000).bytes_read_per_decode_step, std::int64_t{561'512'448});
    QCOMPARE(at(12000).bytes_read_per_decode_step, row * (12 * 12000 + 36 * 3808));
    QCOMPARE(at(8192).bytes_read_per_decode_step, row * (12 * 8192 + 36 * 8192));
    QCOMPARE(at(8193).bytes_read_per_decode_step, row * (12 * 8193 + 36 * 1));
    QCOMPARE(at(16384).bytes_read_per_decode_step, row * (12 * 16384 + 36 * 8192));
    // Stored stays a whole chunk.
    QCOMPARE(at(9000).bytes_at_context, row * (12 * 9000 + 36 * 8192));
}

void TestKept::everyoneAsksTheSame_data() {
    QTest::addColumn<QString>("id");
    for (const std::string& name : design_list::names()) {
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void TestKept::everyoneAsksTheSame() {
    QFETCH(QString, id);
    const ModelSpec spec = specOf(id.toStdString());
    if (spec.is_encoder) {
        QCOMPARE(kv_bytes_at(spec, 1000, NumberFormat::Fp32), std::int64_t{0});
        return;
    }
    constexpr std::int64_t context = 9000;
    const std::int64_t stored = kv_bytes_at(spec, context, NumberFormat::Fp32);
    // The engine keeps fp32.
    QCOMPARE(cache_bytes(spec, context), stored);
    Scenario scenario;
    scenario.formats.kv = NumberFormat::Fp32;
    scenario.workload.context = context;
    QCOMPARE(memory_at(spec, scenario, std::int64_t{1} << 50)->kv_bytes, stored);
    std::int64_t rows = 0;
    std::int64_t read = 0;
    for (const KvLayer& layer : kv_layers(spec, context, NumberFormat::Fp32)) {
        rows += layer.bytes;
        read += layer.bytes_read;
    }
    QCOMPARE(rows, stored);
    QCOMPARE(read, kv_bytes_read_at(spec, context, NumberFormat::Fp32));
    // Operators read it once, a latent for scores and again, without its rotary part, for values.
    Step step;
    step.past = context - 1;
    Formats formats;
    formats.kv = NumberFormat::Fp32;
    double operators = 0;
    for_each_operator(spec, step, formats, {}, [&](const Operator& op) {
        operators += op.what == Operation::AttentionValues
                         ? 0.0
                         : op.cache_bytes * static_cast<double>(op.count);
    });
    QCOMPARE(operators, static_cast<double>(read));
}

QTEST_APPLESS_MAIN(TestKept)
#include "tst_kept.moc"
