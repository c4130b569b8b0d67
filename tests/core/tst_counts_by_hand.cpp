// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters of designs small enough to count by hand: groups, active ones, buffers, modules that
// predict further tokens, the schoolbook's estimate; and which layers a pattern makes what.
#include "core/accounting/kv_cache.h"
#include "core/accounting/parameters.h"
#include "core/config/config_io.h"
#include "small_designs.h"

#include <QTest>

using namespace headroom;
using small_designs::spec_of;

namespace {

ParameterReport count(const ModelConfig& config) {
    return *count_parameters(spec_of(config));
}

/// Of each layer '.' full attention, 's' a window, 'c' a chunk.
QString spans(const ModelConfig& config) {
    QString text;
    for (const KvLayer& row : kv_layers(spec_of(config), 100, NumberFormat::Bf16)) {
        const KeptBound bound = row.kept.front().bound;
        text += QLatin1Char(bound == KeptBound::Window  ? 's'
                            : bound == KeptBound::Chunk ? 'c'
                                                        : '.');
    }
    return text;
}

/// Layers with experts, by what a design of so many layers has more than one of fewer.
QString expertLayers(ModelConfig config) {
    QString text;
    std::int64_t before = 0;
    for (std::int64_t n = 1; n <= 8; ++n) {
        config.num_hidden_layers = n;
        const std::int64_t now = count(config).group(ParameterGroup::Experts);
        text += QLatin1Char(now > before ? 'e' : '.');
        before = now;
    }
    return text;
}

} // namespace

class TestCountsByHand : public QObject {
    Q_OBJECT

private slots:
    void dense();
    void experts();
    void latent();
    void tied();
    void furtherTokens();
    void perLayerTable();
    void schoolbook();
    void expertLayersByPattern();
    void windowsByPattern();
};

void TestCountsByHand::dense() {
    const ParameterReport r = count(small_designs::dense());
    QCOMPARE(r.total, std::int64_t{4 * 2336 + 640 + 640 + 16});
    QCOMPARE(r.group(ParameterGroup::Attention), std::int64_t{4 * 1152});
    QCOMPARE(r.group(ParameterGroup::FeedForward), std::int64_t{4 * 1152});
    QCOMPARE(r.group(ParameterGroup::Norm), std::int64_t{4 * 32 + 16});
    QCOMPARE(r.group(ParameterGroup::Embedding), std::int64_t{640});
    QCOMPARE(r.group(ParameterGroup::LmHead), std::int64_t{640});
    QCOMPARE(r.active_with_input_embedding, r.total);
    QCOMPARE(r.active, r.total - 640); // a lookup is no product
    QCOMPARE(r.effective, r.total);
    QCOMPARE(r.buffers, std::int64_t{0});
}

void TestCountsByHand::experts() {
    const ParameterReport r = count(small_designs::experts());
    QCOMPARE(r.total, std::int64_t{4 * 5164 + 640 + 640 + 16});
    QCOMPARE(r.group(ParameterGroup::Experts), std::int64_t{4 * 3840});
    QCOMPARE(r.group(ParameterGroup::Router), std::int64_t{4 * 128});
    // Two of eight experts.
    QCOMPARE(r.active, r.total - 640 - 4 * 3840 * 6 / 8);
}

void TestCountsByHand::latent() {
    const ParameterReport r = count(small_designs::latent());
    QCOMPARE(r.total, std::int64_t{2264 + 2 * 6424 + 640 + 640 + 16});
    QCOMPARE(r.group(ParameterGroup::SharedExperts), std::int64_t{2 * 576});
    QCOMPARE(r.active, r.total - 640 - 2 * 4608 * 6 / 8);
    QCOMPARE(r.buffers, std::int64_t{2 * 8}); // the router's correction
    // Three shared experts are one of three times the width.
    ModelConfig three = small_designs::latent();
    three.n_shared_experts = 3;
    QCOMPARE(count(three).group(ParameterGroup::SharedExperts), std::int64_t{2 * 3 * 576});
}

void TestCountsByHand::tied() {
    ModelConfig config = small_designs::dense();
    config.tie_word_embeddings = true;
    const ParameterReport r = count(config);
    QCOMPARE(r.total, std::int64_t{4 * 2336 + 640 + 16});
    QCOMPARE(r.active, r.total); // read as the head
}

void TestCountsByHand::furtherTokens() {
    // DeepSeek-V3, arXiv:2412.19437, sec. 2.2: one more layer of the last kind, 6424, a projection
    // of [hidden; embedding], 2 * 16 * 16, and three norms of 16.
    ModelConfig config = small_designs::latent();
    const std::int64_t total = count(config).total;
    config.num_nextn_predict_layers = 2;
    QCOMPARE(count(config).multi_token_prediction, std::int64_t{2 * (6424 + 512 + 48)});
    QCOMPARE(count(config).total, total); // a line of their own
}

void TestCountsByHand::perLayerTable() {
    // Gemma 3n E2B: 262,144 rows of 256 numbers for each of 30 layers need not be in fast memory.
    const ParameterReport r = count(*parse_config(R"({"model_type": "gemma3n_text",
        "num_hidden_layers": 30, "num_kv_shared_layers": 10,
        "intermediate_size": 8192})"));
    QCOMPARE(r.total - r.effective, std::int64_t{262144} * 256 * 30);
}

void TestCountsByHand::schoolbook() {
    // V H + L (4 H^2 + 3 I H) + V H; of experts all widths together.
    QCOMPARE(count(small_designs::dense()).schoolbook_estimate,
             std::int64_t{2 * 640 + 4 * (4 * 256 + 3 * 24 * 16)});
    QCOMPARE(count(small_designs::latent()).schoolbook_estimate,
             std::int64_t{2 * 640 + (1024 + 3 * 24 * 16) + 2 * (1024 + 3 * (96 + 12) * 16)});
}

void TestCountsByHand::expertLayersByPattern() {
    ModelConfig config = small_designs::experts(); // Qwen: every n-th layer, from the n-th on
    QCOMPARE(expertLayers(config), QStringLiteral("eeeeeeee"));
    config.decoder_sparse_step = 3;
    QCOMPARE(expertLayers(config), QStringLiteral("..e..e.."));
    config.mlp_only_layers = {5};
    QCOMPARE(expertLayers(config), QStringLiteral("..e....."));
    ModelConfig latent = small_designs::latent(); // DeepSeek: all but the first
    QCOMPARE(expertLayers(latent), QStringLiteral(".eeeeeee"));
    latent.first_k_dense_replace = 3;
    QCOMPARE(expertLayers(latent), QStringLiteral("...eeeee"));
}

void TestCountsByHand::windowsByPattern() {
    const auto read = [](const std::string& keys) {
        const auto config = parse_config("{" + keys + ", \"num_hidden_layers\": 8}");
        if (!config) {
            qFatal("%s", config.error().text().c_str());
        }
        return spans(*config);
    };
    // Gemma: every n-th layer is global.
    QCOMPARE(read(R"("model_type": "gemma2")"), QStringLiteral("s.s.s.s."));
    QCOMPARE(read(R"("model_type": "gemma3_text", "sliding_window_pattern": 3)"),
             QStringLiteral("ss.ss.ss"));
    // Qwen: from max_window_layers on, where windows are used at all.
    QCOMPARE(read(R"("model_type": "qwen3", "use_sliding_window": true, "sliding_window": 9,
                     "max_window_layers": 5)"),
             QStringLiteral(".....sss"));
    QCOMPARE(read(R"("model_type": "qwen3", "use_sliding_window": false, "sliding_window": 9,
                     "max_window_layers": 5)"),
             QStringLiteral("........"));
    QCOMPARE(read(R"("model_type": "dots1", "n_routed_experts": 8, "num_experts_per_tok": 2,
                     "sliding_window": 9, "max_window_layers": 5)"),
             QStringLiteral(".....sss"));
    QCOMPARE(read(R"("model_type": "mistral", "sliding_window": 9)"), QStringLiteral("ssssssss"));
    // Llama 4: chunks where positions turn, which every fourth layer leaves out.
    QCOMPARE(read(R"("model_type": "llama4_text", "attention_chunk_size": 9)"),
             QStringLiteral("ccc.ccc."));
    QCOMPARE(read(R"("model_type": "gpt_oss")"), QStringLiteral("s.s.s.s."));
}

QTEST_APPLESS_MAIN(TestCountsByHand)
#include "tst_counts_by_hand.moc"
