// SPDX-License-Identifier: GPL-3.0-or-later
// Verdicts on published tables, examples and claims: at the edge of every tolerance, in every
// reading of a row, and the figures of the shipped claims computed by hand.
#include "core/claims/check_table.h"
#include "core/config/model_config.h"
#include "core/presets/presets.h"
#include "said.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <map>
#include <string>

using namespace headroom;
using nlohmann::json;

namespace {

CheckRow checked(const char* kind, const json& entry, double tolerance = default_check_tolerance) {
    const json document{{kind, json::array({entry})}};
    const auto report = check_table(document.dump(), "table.json", tolerance);
    if (!report) {
        qFatal("%s", report.error().text().c_str());
    }
    return report->rows.front();
}

Verdict row(const json& entry, double tolerance = default_check_tolerance) {
    return checked("rows", entry, tolerance).verdict;
}

Verdict example(const char* formula, const char* printed) {
    return checked("examples", {{"name", "A"}, {"formula", formula}, {"printed", printed}}).verdict;
}

} // namespace

class TestPublishedTables : public QObject {
    Q_OBJECT

private slots:
    void toleranceOfATotal();
    void activeParameters();
    void headDimLeftOut();
    void expertWidthLeftOut();
    void contradictions();
    void unknownFamilies();
    void precisionOfAFigure();
    void unitsOfAFigure();
    void letters();
    void tiedOrNot();
    void headsAndGroups();
    void claimsAboutAttention();
    void claimsAboutStructure();
    void badDocuments();

private:
    std::map<std::string, CheckRow> m_claims;
    const CheckRow& claim(const char* id);
};

const CheckRow& TestPublishedTables::claim(const char* id) {
    if (m_claims.empty()) {
        for (const ShippedTable& table : shipped_tables()) {
            if (table.name == "claims") {
                const auto report = check_table(table.text, "claims");
                for (const CheckRow& row : report->rows) {
                    m_claims[row.model] = row;
                }
            }
        }
    }
    return m_claims.at(id);
}

void TestPublishedTables::toleranceOfATotal() {
    // 8,030,261,248 lie 4.97% above 7.65 B, 5.11% above 7.64 B; 4.97% below 8.45 B, 5.08% below
    // 8.46 B.
    const auto printed = [](double total, double tolerance = default_check_tolerance) {
        return row({{"model", "Llama-3-8B"}, {"claimed_total", total}}, tolerance);
    };
    QVERIFY(printed(7.65e9) == Verdict::CanBeTrue);
    QVERIFY(printed(7.64e9) == Verdict::CannotBeTrue);
    QVERIFY(printed(8.45e9) == Verdict::CanBeTrue);
    QVERIFY(printed(8.46e9) == Verdict::CannotBeTrue);
    QVERIFY(printed(8030261248.0, 0) == Verdict::CanBeTrue);
    QVERIFY(printed(8030261249.0, 0) == Verdict::CannotBeTrue);
    const CheckRow found = checked("rows", {{"model", "Llama-3-8B"}, {"claimed_total", 7e9}});
    QCOMPARE(found.implied_total.value(), std::int64_t{8030261248});
    QCOMPARE(found.official_total.value(), std::int64_t{8030261248});
    VERIFY_SAID(found.why, "14.7 % above the printed 7.0 B"); // 8.030 / 7 - 1
    VERIFY_SAID(found.claim, "total 7.0 B");
    VERIFY_SAID(found.computed, "implied 8.03 B; official 8.03 B");
}

void TestPublishedTables::activeParameters() {
    // DeepSeek-V3: 36.63 B without the input embedding, 37.55 B with it, 2.5% apart. Either is
    // meant.
    const auto printed = [](double total, double active) {
        return row({{"model", "DeepSeek-V3"}, {"claimed_total", total}, {"claimed_active", active}},
                   0.01);
    };
    QVERIFY(printed(671e9, 36.6e9) == Verdict::CanBeTrue);
    QVERIFY(printed(671e9, 37.6e9) == Verdict::CanBeTrue);
    QVERIFY(printed(671e9, 37.1e9) == Verdict::CannotBeTrue);
    QVERIFY(printed(671e9, 21e9) == Verdict::CannotBeTrue);
    QVERIFY(printed(600e9, 36.6e9) == Verdict::CannotBeTrue);
}

void TestPublishedTables::headDimLeftOut() {
    // Qwen3-0.6B has 16 heads of 128 in a hidden size of 1024. Without a head_dim a row may mean
    // 64, which has 28 layers * 64 * 1024 * (16 + 16 + 8 + 8) = 88,080,384 fewer, and 2 * 64 norm
    // weights in each layer: 596,049,920 - 88,080,384 - 28 * 128 = 507,965,952.
    const json fields{{"model", "Qwen3-0.6B"}, {"hidden_size", 1024}, {"num_attention_heads", 16}};
    json whole = fields;
    whole["claimed_total"] = 596049920;
    json narrow = fields;
    narrow["claimed_total"] = 507965952;
    QVERIFY(row(whole, 0) == Verdict::CanBeTrue);
    const CheckRow read = checked("rows", narrow, 0);
    QVERIFY2(read.verdict == Verdict::CanBeTrue, said(read.why).c_str());
    QCOMPARE(read.implied_total.value(), std::int64_t{507965952});
    VERIFY_SAID(read.why, "read with head_dim = 64");
    narrow["head_dim"] = 128; // said outright
    QVERIFY(row(narrow, 0) == Verdict::CannotBeTrue);
}

void TestPublishedTables::expertWidthLeftOut() {
    // Qwen3-30B-A3B: experts of 768. A row's intermediate_size may mean theirs: of 512 there are
    // 48 * 128 * 3 * 2048 * 256 = 9,663,676,416 fewer.
    const json fields{{"model", "Qwen3-30B-A3B"},
                      {"intermediate_size", 512},
                      {"claimed_total", 30532122624 - 9663676416}};
    const CheckRow read = checked("rows", fields, 0);
    QCOMPARE(read.implied_total.value(), std::int64_t{30532122624 - 9663676416});
    VERIFY_SAID(read.why, "read with moe_intermediate_size = 512");
}

void TestPublishedTables::contradictions() {
    json entry{{"model", "Llama-3-8B"}, {"num_hidden_layers", 32}, {"vocab_size", 128000}};
    QVERIFY(row(entry) == Verdict::ContradictsOfficial);
    VERIFY_SAID(checked("rows", entry).why, "vocab_size 128000 (official 128256)");
    entry["vocab_size"] = 128256;
    QVERIFY(row(entry) == Verdict::CanBeTrue);
    VERIFY_SAID(checked("rows", entry).why, "every field that applies is the official one");
    entry["num_key_value_heads"] = 3; // no design
    QVERIFY(row(entry) == Verdict::CannotBeTrue);
    // A name of the family that nobody ships is read on the structure nearest in size.
    VERIFY_SAID(checked("rows", {{"model", "Llama-9B"}, {"claimed_total", 7.9e9}}).computed,
                "no official configuration of this name; read on the structure of Llama-3-8B");
    VERIFY_SAID(checked("rows", {{"model", "Llama-9B"}, {"claimed_total", 6.5e9}}).computed,
                "read on the structure of Llama-2-7B");
    VERIFY_SAID(checked("rows", {{"model", "DeepSeek-V3"}, {"head_dim", 128}}).why,
                "a query and key have 128 + 64 numbers per head, a value 128");
}

void TestPublishedTables::unknownFamilies() {
    // 10 layers of 64, 2 heads of 32, feed-forward of 256, vocabulary 1000: attention 4 * 4096,
    // norms 128, last norm 64; gated 3 * 64 * 256, of two matrices 2 * 64 * 256; a head or none.
    json entry{{"model", "Nobody-1M"},
               {"hidden_size", 64},
               {"num_hidden_layers", 10},
               {"num_attention_heads", 2},
               {"vocab_size", 1000}};
    const std::int64_t layer = 4 * 4096 + 128;
    for (const auto& [total, reading] : std::vector<std::pair<std::int64_t, const char*>>{
             {10 * (layer + 3 * 16384) + 64 + 2 * 64000, "tie_word_embeddings = false"},
             {10 * (layer + 3 * 16384) + 64 + 64000, "tie_word_embeddings = true"},
             {10 * (layer + 2 * 16384) + 64 + 2 * 64000,
              "tie_word_embeddings = false, feed_forward = 2"},
             {10 * (layer + 2 * 16384) + 64 + 64000,
              "tie_word_embeddings = true, feed_forward = 2"}}) {
        entry["claimed_total"] = total;
        const CheckRow read = checked("rows", entry, 0);
        QVERIFY2(read.verdict == Verdict::CanBeTrue, said(read.why).c_str());
        VERIFY_SAID(read.why, reading);
    }
    // Eight experts of 32: router 512 and 8 * 3 * 64 * 32 in place of the feed-forward, QK-norm.
    entry["num_experts"] = 8;
    entry["num_experts_per_tok"] = 2;
    entry["moe_intermediate_size"] = 32;
    entry["claimed_total"] = 10 * (layer + 64 + 512 + 49152) + 64 + 2 * 64000;
    QVERIFY(row(entry, 0) == Verdict::CanBeTrue);
    entry.erase("vocab_size");
    QVERIFY(row(entry) == Verdict::CannotBeComputed);
}

void TestPublishedTables::precisionOfAFigure() {
    // A printed figure may be 1% off.
    QVERIFY(example("2.019e9", "2B") == Verdict::Holds);
    QVERIFY(example("2.021e9", "2B") == Verdict::DoesNotHold);
    QVERIFY(example("1.981e9", "2B") == Verdict::Holds);
    QVERIFY(example("1.979e9", "2B") == Verdict::DoesNotHold);
}

void TestPublishedTables::unitsOfAFigure() {
    // 1024^3 = 1.0737e9 is 7% more than a billion.
    QVERIFY(example("2 * 1024^3", "2.15 B") == Verdict::Holds);
    QVERIFY(example("2 * 1024^3", "2") == Verdict::HoldsUnderCondition);
    QVERIFY(example("2 * 1024^3", "2 G, or 2.15 billions") == Verdict::HoldsUnderCondition);
    QVERIFY(example("130023424", "124M") == Verdict::HoldsUnderCondition); // 124 * 1024^2
    QVERIFY(example("5e3", "5K") == Verdict::Holds);
    QVERIFY(example("5120", "5K") == Verdict::HoldsUnderCondition);
    QVERIFY(example("3e12", "3T") == Verdict::Holds);
    QVERIFY(example("2500000000", "about 2500000000 weights") == Verdict::Holds);
    QVERIFY(example("2.5e9", "2.5") == Verdict::Holds); // a bare figure counts billions
    QVERIFY(example("2.5e9", "none") == Verdict::DoesNotHold);
    const CheckRow alone = checked("examples", {{"name", "A"}, {"formula", "3 * 1e9"}});
    QVERIFY(alone.verdict == Verdict::Holds);
    QCOMPARE(alone.implied_total.value(), std::int64_t{3000000000});
    QCOMPARE(said(alone.computed), std::string("3.000 B = 2.794 * 1024^3"));
}

void TestPublishedTables::letters() {
    // V * H + L * (4 * H^2 + 3 * M * H^2) + V * H, M = I / H: 100 * 10 * 2 + 3 * (400 + 3 * 250).
    const json entry{{"name", "A"},
                     {"formula", "V * H + L * (4 * H^2 + 3 * M * H^2) + V * H"},
                     {"vocab_size", 100},
                     {"hidden_size", 10},
                     {"intermediate_size", 25},
                     {"num_hidden_layers", 3}};
    QCOMPARE(checked("examples", entry).implied_total.value(), std::int64_t{5450});
    json missing = entry;
    missing.erase("vocab_size");
    QVERIFY(!check_table(json{{"examples", json::array({missing})}}.dump(), "t.json"));
}

void TestPublishedTables::tiedOrNot() {
    // Qwen2.5-3B has 3,085,938,688 and its head tied; with one of its own 311,164,928 more.
    const auto printed = [](const char* total) {
        return checked("examples", {{"name", "Qwen2.5-3B"}, {"claimed_total", total}});
    };
    QVERIFY(printed("3.09B").verdict == Verdict::Holds);
    const CheckRow untied = printed("3.40B");
    QVERIFY(untied.verdict == Verdict::HoldsUnderCondition);
    VERIFY_SAID(untied.why, "with tie_word_embeddings false, as printed");
    QVERIFY(printed("2.874B").verdict == Verdict::HoldsUnderCondition); // units of 1024^3
    QVERIFY(printed("3.20B").verdict == Verdict::DoesNotHold);
    // Attention: 36 layers of q and o 2048 x 2048 each, k and v 2048 x 256, biases 2048 + 512.
    const json attention{{"name", "Qwen2.5-3B"},
                         {"claimed_attention", 36 * (2 * 4194304 + 2 * 524288 + 2560)}};
    QVERIFY(checked("examples", attention).verdict == Verdict::Holds);
}

void TestPublishedTables::headsAndGroups() {
    // Counted here from the fields: a head's query and key, and query heads to a KV head.
    int inside = 0;
    int grouped = 0;
    int moderate = 0;
    for (const ModelPreset& preset : model_presets()) {
        const ModelConfig& c = preset.config;
        const bool latent = c.kv_lora_rank > 0;
        const std::int64_t dim = latent ? c.qk_nope_head_dim + c.qk_rope_head_dim : c.head_dim;
        inside += dim >= 64 && dim <= 128 ? 1 : 0;
        if (!latent && c.num_key_value_heads < c.num_attention_heads) {
            ++grouped;
            const double group = static_cast<double>(c.num_attention_heads) /
                                 static_cast<double>(c.num_key_value_heads);
            moderate += group >= 4 && group <= 8 ? 1 : 0;
        }
    }
    const std::string all = std::to_string(model_presets().size());
    VERIFY_SAID(claim("head-dim-64-128").computed,
                std::to_string(inside) + " of " + all + " shipped designs lie between 64 and 128");
    VERIFY_SAID(claim("gqa-quarter-to-eighth").computed,
                std::to_string(moderate) + " of " + std::to_string(grouped) +
                    " designs with grouped queries keep 1/4 to 1/8");
    QVERIFY(claim("head-dim-64-128").verdict == Verdict::HoldsUnderCondition);
}

void TestPublishedTables::claimsAboutAttention() {
    // 2 * 8 heads * 128 * 2 bytes * 32 layers, and four times that.
    VERIFY_SAID(claim("gqa-h-over-g").computed, "Llama-3-8B 131072 of 524288 B (8/32)");
    VERIFY_SAID(claim("gqa-h-over-g").computed, "Qwen2-7B 57344 of 401408 B (4/28)");
    VERIFY_SAID(claim("gqa-h-over-g").computed, "192512 of 3080192 B (4/64)");
    // Weights of 16.06 and 17.67 GB, cache of 131072 and 524288 B a token, workspace 118784 B a
    // token up to 8192: together 30 to 50% less between these points of a grid of quarter octaves.
    VERIFY_SAID(claim("gqa-quarter-to-eighth").why, "contexts from about 19484 to 55109 tokens");
    VERIFY_SAID(claim("gqa-30-50-memory").computed, "contexts from about 19484 to 55109 tokens");
    QVERIFY(claim("gqa-quarter-to-eighth").verdict == Verdict::HoldsUnderCondition);
    // 61 * 128 heads * (128 + 64 + 128) * 2 bytes; 8 KV heads of 128 would be 249,856 a token.
    VERIFY_SAID(claim("mla-70-percent").computed,
                "70272 B per token; the same heads cached in full 4997120 B (71.1x, 98.6 % less)");
    VERIFY_SAID(claim("mla-70-percent").why, "8 KV heads of 128 the latent keeps 71.9 % less");
    // 10 of 62 layers are global, the others keep 1024: 1 - (10 S + 52 * 1024) / (62 S).
    VERIFY_SAID(claim("swa-80-90-percent").computed,
                "0.0 % at 1024, 62.9 % at 4096, 81.2 % at 32768, 83.2 % at 131072 tokens");
    VERIFY_SAID(claim("swa-80-90-percent").why, "80 % from about 32768 tokens on");
    QVERIFY(claim("qwen3-swa-4096").verdict == Verdict::DoesNotHold);
    VERIFY_SAID(claim("qwen3-swa-4096").computed, "0 of 94 layers slide");
    // 61.06 GB; 48 layers * 2 * 4 * 128 * 2 bytes * 262144.
    VERIFY_SAID(claim("sparse-120-45").computed, "weights 61.1 GB, cache 25.8 GB at 262144 tokens");
    QVERIFY(claim("sparse-120-45").verdict == Verdict::DoesNotHold);
    // 4 n^2 pairs to n^2; 2 * 18 / 17.
    VERIFY_SAID(claim("dca-nlogn").computed, "4.00x the pairs; n log n would be 2.12x");
    QVERIFY(claim("dca-nlogn").verdict == Verdict::DoesNotHold);
}

void TestPublishedTables::claimsAboutStructure() {
    // A layer of Llama-3-8B has 218,112,000: 15.01 / 8.03 B. FLOPs of a token at 8192: 570,425,344
    // a layer and 1,050,673,152 in the head. 20 * 15.01 B tokens.
    VERIFY_SAID(claim("layers-double").computed,
                "parameters 1.87x, decode FLOPs 1.95x; 20 tokens per parameter are 0.30 T tokens");
    VERIFY_SAID(claim("layers-double").why, "a model of 70 B parameters");
    QVERIFY(claim("layers-double").verdict == Verdict::HoldsUnderCondition);
    VERIFY_SAID(claim("ffn-4x").computed, "Llama-2-7B 2.6875x");
    VERIFY_SAID(claim("ffn-4x").computed, "Llama-3-8B 3.5000x");
    VERIFY_SAID(claim("moe-37b-active").computed,
                "671.03 B total; 36.63 B active, 37.55 B with the input embedding; 1 shared + 8 of "
                "256 routed");
    QVERIFY(claim("moe-37b-active").verdict == Verdict::Holds);
    QVERIFY(claim("qwen3-top2").verdict == Verdict::DoesNotHold);
    QVERIFY(claim("llama4-16-experts-top2").verdict == Verdict::DoesNotHold);
    VERIFY_SAID(claim("llama4-16-experts-top2").computed,
                "16 routed, top-1, shared, in 48 of 48 layers");
    VERIFY_SAID(claim("llama4-16-experts-top2").computed,
                "128 routed, top-1, shared, in 24 of 48 layers");
    // Matrices 4x, attention 2x: (1,744,830,464 + 4,294,967,296) / (436,207,616 + 2,147,483,648).
    VERIFY_SAID(claim("deeper-not-wider").computed,
                "4.00x for the first token, 2.34x at 131072 tokens");
    // 8 layers more: 9.78 / 8.03 B. Every weight has the hidden size on one side: 5/4.
    VERIFY_SAID(claim("tuning-order").computed,
                "a quarter more layers: parameters 1.22x; a quarter more hidden size: 1.25x");
}

void TestPublishedTables::badDocuments() {
    const auto path = [](const char* text) {
        const auto report = check_table(text, "t.json");
        return report ? std::string("read") : report.error().path;
    };
    QVERIFY(!check_table("[", "t.json"));
    QVERIFY(!check_table("{}", "t.json"));
    QCOMPARE(path(R"({"rows": 3})"), std::string("rows"));
    QCOMPARE(path(R"({"rows": [3]})"), std::string("rows[0]"));
    QCOMPARE(path(R"({"rows": [{"hidden_size": 3}]})"), std::string("rows[0].model"));
    QCOMPARE(path(R"({"rows": [{"model": "A", "wings": 2}]})"), std::string("rows[0].wings"));
    QCOMPARE(path(R"({"rows": [{"model": "A", "claimed_total": -2}]})"),
             std::string("rows[0].claimed_total"));
    QCOMPARE(path(R"({"claims": [{"id": "a"}]})"), std::string("claims[0].claim"));
    QCOMPARE(path(R"({"examples": [{"formula": "2"}]})"), std::string("examples[0].name"));
}

QTEST_APPLESS_MAIN(TestPublishedTables)
#include "tst_published_tables.moc"
