// SPDX-License-Identifier: GPL-3.0-or-later
// Advice and warnings at the edge of each habit, with the fix that a click would set; and what a
// slider offers.
#include "core/config/config_fields.h"
#include "core/config/expand.h"

#include <QTest>

#include <algorithm>

using namespace headroom;

namespace {

/// A design that nothing can be said about.
ModelConfig sound() {
    ModelConfig c;
    c.model_type = "mistral";
    c.hidden_size = 1024;
    c.num_hidden_layers = 4;
    c.vocab_size = 6400;
    c.max_position_embeddings = 4096;
    c.num_attention_heads = 16;
    c.num_key_value_heads = 4;
    c.head_dim = 64;
    c.intermediate_size = 3584;
    return c;
}

ModelConfig with_experts() {
    ModelConfig c = sound();
    c.model_type = "qwen3_moe";
    c.num_experts = 32;
    c.num_experts_per_tok = 4;
    c.moe_intermediate_size = 256;
    return c;
}

/// "id = fix" of each finding; no fix: "id".
QStringList said(const ModelConfig& config) {
    QStringList list;
    for (const Finding& finding : validate(config)) {
        list << QString::fromStdString(
            finding.fix_value.empty() ? finding.id : finding.id + " = " + finding.fix_value);
    }
    return list;
}

QStringList said_of(std::int64_t ModelConfig::*member, std::int64_t value,
                    ModelConfig config = sound()) {
    config.*member = value;
    return said(config);
}

using Values = std::vector<std::int64_t>;

Values slider(const char* field, const ModelConfig& config = sound()) {
    return slider_values(config, *find_field(field));
}

} // namespace

class TestAdvice : public QObject {
    Q_OBJECT

private slots:
    void nothing();
    void heads();
    void groups();
    void widths();
    void feedForward();
    void windows();
    void experts();
    void errorsComeFirst();
    void sliders();
};

void TestAdvice::nothing() {
    QCOMPARE(said(sound()), QStringList());
    QCOMPARE(said(with_experts()), QStringList());
}

void TestAdvice::heads() {
    // 64 to 128.
    QCOMPARE(said_of(&ModelConfig::head_dim, 62), QStringList{"head-dim-range = 64"});
    QCOMPARE(said_of(&ModelConfig::head_dim, 128), QStringList());
    QCOMPARE(said_of(&ModelConfig::head_dim, 130), QStringList{"head-dim-range = 128"});
}

void TestAdvice::groups() {
    // Up to eight query heads to a KV head.
    QCOMPARE(said_of(&ModelConfig::num_key_value_heads, 2), QStringList());
    QCOMPARE(said_of(&ModelConfig::num_key_value_heads, 1), QStringList{"gqa-group = 2"});
    ModelConfig twelve = sound();
    twelve.num_attention_heads = 12; // 12 / 8 is no number of heads
    twelve.num_key_value_heads = 1;
    QCOMPARE(said(twelve), QStringList{"gqa-group"});
}

void TestAdvice::widths() {
    ModelConfig config = sound();
    config.hidden_size = 1024 + 64;
    QCOMPARE(said(config), QStringList{"hidden-multiple = 1152"});
    QCOMPARE(said_of(&ModelConfig::vocab_size, 6400 + 32), QStringList{"vocab-multiple = 6464"});
    QCOMPARE(said_of(&ModelConfig::vocab_size, 6400 + 64), QStringList());
}

void TestAdvice::feedForward() {
    // 2.6 to 5.5 of 1024; 2.7 times it, or 5.4, in whole multiples of 128.
    QCOMPARE(said_of(&ModelConfig::intermediate_size, 2663), QStringList()); // 2.6006
    QCOMPARE(said_of(&ModelConfig::intermediate_size, 2662), QStringList{"ffn-ratio = 2816"});
    QCOMPARE(said_of(&ModelConfig::intermediate_size, 5632), QStringList()); // 5.5
    QCOMPARE(said_of(&ModelConfig::intermediate_size, 5633), QStringList{"ffn-ratio = 5632"});
    // Beside experts the dense width says little.
    QCOMPARE(said_of(&ModelConfig::intermediate_size, 9000, with_experts()), QStringList());
}

void TestAdvice::windows() {
    ModelConfig config = sound();
    config.sliding_window = 4095;
    QCOMPARE(said(config), QStringList());
    config.sliding_window = 4096; // the longest context
    QCOMPARE(said(config), QStringList{"window-idle"});
    config.model_type = "gemma3_text";
    config.hidden_act = "gelu_pytorch_tanh";
    config.sliding_window = 512;
    config.sliding_window_pattern = 4; // the fourth of four layers is global
    QCOMPARE(said(config), QStringList());
    config.sliding_window_pattern = 5;
    QCOMPARE(said(config), QStringList{"no-global-layer = 4"});
}

void TestAdvice::experts() {
    QCOMPARE(said_of(&ModelConfig::num_experts_per_tok, 31, with_experts()), QStringList());
    QCOMPARE(said_of(&ModelConfig::num_experts_per_tok, 32, with_experts()),
             QStringList{"all-experts = 4"});
    QCOMPARE(said_of(&ModelConfig::decoder_sparse_step, 4, with_experts()), QStringList());
    QCOMPARE(said_of(&ModelConfig::decoder_sparse_step, 5, with_experts()),
             QStringList{"no-expert-layer"});
}

void TestAdvice::errorsComeFirst() {
    // A design that cannot be gets no advice.
    ModelConfig config = sound();
    config.num_key_value_heads = 3;
    config.vocab_size = 6401;
    const std::vector<Finding> findings = validate(config);
    QCOMPARE(findings.size(), std::size_t{1});
    QVERIFY(findings.front().severity == Severity::Error);
    QCOMPARE(findings.front().field, std::string("num_key_value_heads"));
    QVERIFY(!expand_layers(config));
}

void TestAdvice::sliders() {
    ModelConfig config = sound();
    config.num_attention_heads = 12;
    QCOMPARE(slider("num_key_value_heads", config), (Values{1, 2, 3, 4, 6, 12}));
    const Values hidden = slider("hidden_size");
    for (std::size_t i = 0; i < hidden.size(); ++i) {
        QCOMPARE(hidden[i] % 64, std::int64_t{0});
        QVERIFY(i == 0 || hidden[i] > hidden[i - 1]);
    }
    QVERIFY(std::count(hidden.begin(), hidden.end(), 1024) == 1);
    // No more experts for a token than there are.
    ModelConfig moe = with_experts();
    QCOMPARE(slider("num_experts_per_tok", moe).back(), std::int64_t{32});
    moe.num_experts = 6;
    QCOMPARE(slider("num_experts_per_tok", moe), (Values{1, 2, 3, 4, 5, 6}));
    QCOMPARE(slider("sliding_window").front(), std::int64_t{0}); // none
}

QTEST_APPLESS_MAIN(TestAdvice)
#include "tst_advice.moc"
