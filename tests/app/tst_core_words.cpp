// SPDX-License-Identifier: GPL-3.0-or-later
// What the core says of published tables and of refused configurations, in Chinese: no sentence of
// it may stay English.
#include "app/language.h"
#include "core/base/expression.h"
#include "core/claims/check_table.h"
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/config/rope_scaling.h"
#include "core/presets/presets.h"
#include "core/validation/validation_text.h"
#include "widgets/pages/claims_model.h"
#include "widgets/words/core_text.h"
#include "widgets/words/validation_language.h"

#include <QRegularExpression>
#include <QTest>

using namespace headroom;
using namespace headroom::ui;

namespace {

/// Two words of Latin letters side by side that are no part of a name.
QString englishIn(QString text) {
    text.remove(QStringLiteral("Hugging Face"));
    static const QRegularExpression words(
        QStringLiteral("(?<![\\w.\\-/\"])[A-Za-z]{2,}[,:;]? +[A-Za-z]{2,}(?![\\w\\-])"));
    return words.match(text).captured();
}

QString shown(const std::string& text) {
    return QString::fromStdString(text);
}

void verifyChinese(const QString& said, const std::string& english) {
    QVERIFY2(englishIn(said).isEmpty(),
             qPrintable(QStringLiteral("\"%1\" is left of \"%2\": %3")
                            .arg(englishIn(said), shown(english), said)));
}

void verifyRows(const Result<CheckReport>& report) {
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QVERIFY(!report->rows.empty());
    for (const CheckRow& row : report->rows) {
        for (const std::string* text : {&row.computed, &row.why}) {
            verifyChinese(coreClaim(*text), *text);
        }
        // A sentence has at least one Chinese character; a list of names and figures may have none.
        static const QRegularExpression chinese(QStringLiteral("\\p{Han}"));
        QVERIFY2(chinese.match(coreClaim(row.why)).hasMatch(), row.why.c_str());
    }
}

} // namespace

class CoreWordsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyLanguage(QStringLiteral("zh_CN")); }
    void findsEnglish();
    void shippedTables_data();
    void shippedTables();
    void tablesOfOnesOwn_data();
    void tablesOfOnesOwn();
    void wordsOfOthersStay();
    void figuresAndNames();
    void englishIsWhatCheckPrints();
    void refusedConfigurations_data();
    void refusedConfigurations();
    void refusedTables_data();
    void refusedTables();
    void refusedScaling();
    void refusedExpressions();
    void failedRuns_data();
    void failedRuns();
    void reportsOfValidations();
};

void CoreWordsTest::findsEnglish() {
    QCOMPARE(englishIn(QStringLiteral("各字段 give 3 B, and more than that")),
             QStringLiteral("and more"));
    QVERIFY(
        englishIn(QStringLiteral("num_hidden_layers 24（官方 28），Llama-3-8B 与 bf16")).isEmpty());
}

void CoreWordsTest::shippedTables_data() {
    QTest::addColumn<QString>("name");
    for (const ShippedTable& table : shipped_tables()) {
        const QString name = shown(std::string(table.name));
        QTest::newRow(qPrintable(name)) << name;
    }
}

void CoreWordsTest::shippedTables() {
    QFETCH(QString, name);
    for (const ShippedTable& table : shipped_tables()) {
        if (name != shown(std::string(table.name))) {
            continue;
        }
        const auto report = check_table(table.text, table.name);
        verifyRows(report);
        ClaimsModel model;
        model.setReport(*report);
        for (int row = 0; row < model.rowCount(); ++row) {
            for (int column = 0; column < model.columnCount(); ++column) {
                verifyChinese(model.index(row, column).data().toString(), "the page's cell");
            }
        }
    }
}

void CoreWordsTest::tablesOfOnesOwn_data() {
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* name, const char* json) {
        QTest::newRow(name) << QByteArray(json);
    };
    row("unknown family", R"({"rows": [{"model": "Nobody-1B", "hidden_size": 64}]})");
    row("unknown family, read plainly", R"({"rows": [{"model": "Nobody-1B", "hidden_size": 64,
        "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 100,
        "claimed_total": 99}]})");
    row("unknown family, no design", R"({"rows": [{"model": "Nobody-1B", "hidden_size": 64,
        "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 3,
        "vocab_size": 100}]})");
    row("no figure", R"({"examples": [{"name": "Mistral 7B", "claimed_total": "many"},
        {"name": "Mistral 7B"}]})");
    row("another sentence", R"({"claims": [{"id": "mla-70-percent", "claim": "It halves."}]})");
    row("millions", R"({"examples": [{"name": "A", "formula": "124e6", "printed": "124M"}]})");
    row("binary millions",
        R"({"examples": [{"name": "A", "formula": "130023424", "printed": "124M"}]})");
    row("no design", R"({"rows": [{"model": "Qwen3-8B", "num_key_value_heads": 7}]})");
    row("no claim", R"({"rows": [{"model": "Qwen3-8B", "num_hidden_layers": 40}]})");
    row("active only", R"({"rows": [{"model": "Qwen3-30B-A3B", "claimed_active": 3e9}]})");
    row("active, read with",
        R"({"rows": [{"model": "Qwen3-30B-A3B", "claimed_active": 3e9, "hidden_size": 4096,
        "num_attention_heads": 64, "intermediate_size": 512}]})");
    row("two assumptions",
        R"({"rows": [{"model": "Qwen3-30B-A3B", "claimed_total": 9e9, "claimed_active": 3e9,
        "hidden_size": 4096, "num_attention_heads": 64, "intermediate_size": 512}]})");
    row("expert fields of a dense one",
        R"({"rows": [{"model": "Qwen3-8B", "num_experts": 8, "claimed_total": 8.2e9}]})");
    row("unknown claim", R"({"claims": [{"id": "nobody", "claim": "Nobody knows."}]})");
    row("nothing printed",
        R"({"examples": [{"name": "A", "formula": "12*H^2", "hidden_size": 64}]})");
    row("decimal", R"({"examples": [{"name": "A", "formula": "2e9", "printed": "2 B"}]})");
    row("binary", R"({"examples": [{"name": "A", "formula": "2147483648", "printed": "2 G"}]})");
    row("neither", R"({"examples": [{"name": "A", "formula": "3e9", "printed": "2 G"}]})");
    row("nobody's name", R"({"examples": [{"name": "Nobody", "claimed_total": 1e9}]})");
    row("off", R"({"examples": [{"name": "Mistral 7B", "claimed_total": 9e9,
        "claimed_attention": 1e9}]})");
}

void CoreWordsTest::tablesOfOnesOwn() {
    QFETCH(QByteArray, json);
    verifyRows(check_table(json.toStdString(), "own.json"));
}

void CoreWordsTest::wordsOfOthersStay() {
    const std::string sentence = "Wider models learn faster; deeper ones, too.";
    QCOMPARE(coreQuote(sentence), shown(sentence));
    QVERIFY(coreQuote("GQA lowers memory use by about 30-50% and raises inference speed by about "
                      "20-40%.")
                .startsWith(QStringLiteral("GQA 使内存")));
}

void CoreWordsTest::figuresAndNames() {
    QCOMPARE(coreClaim("0.0 % at 1024, 81.2 % at 32768"),
             QStringLiteral("1,024 时 0.0%，32,768 时 81.2%"));
    QCOMPARE(coreClaim("printed against official: vocab_size 32000 (official 151936), "
                       "head_dim 64 (official 128)"),
             QStringLiteral(
                 "印出值与官方值不同：vocab_size 32,000（官方 151,936），head_dim 64（官方 128）"));
    QCOMPARE(coreClaim("the row's fields give 0.53 B, 11.1 % below the printed 0.6 B"),
             QStringLiteral("该行各字段得出 0.53 B，比印出的 0.6 B 低 11.1%"));
}

void CoreWordsTest::englishIsWhatCheckPrints() {
    applyLanguage(QStringLiteral("en"));
    for (const ShippedTable& table : shipped_tables()) {
        const auto report = check_table(table.text, table.name);
        QVERIFY(report);
        for (const CheckRow& row : report->rows) {
            QCOMPARE(coreClaim(row.why), shown(row.why));
            QCOMPARE(coreClaim(row.computed), shown(row.computed));
            QCOMPARE(coreQuote(row.claim), shown(row.claim));
        }
    }
    applyLanguage(QStringLiteral("zh_CN"));
}

void CoreWordsTest::refusedConfigurations_data() {
    QTest::addColumn<QByteArray>("json");
    const auto whole = [](const char* name, const QByteArray& json) {
        QTest::newRow(name) << json;
    };
    /// A small design of the family with further keys.
    const auto row = [](const char* keys, const char* type = "qwen3") {
        const QByteArray json =
            QByteArray(R"({"hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4,
            "num_key_value_heads": 2, "head_dim": 16, "intermediate_size": 128, "vocab_size": 100,
            "model_type": ")") +
            type + "\", " + keys + "}";
        QTest::addRow("%s %s", type, keys) << json;
    };
    whole("not json", "{");
    whole("a list", "[1, 2]");
    whole("a number", "7");
    whole("no family", "{}");
    whole("family is a number", R"({"model_type": 3})");
    whole("unknown family", R"({"model_type": "rwkv"})");
    whole("text_config", R"({"text_config": 3})");
    for (const char* key :
         {"index_topk", "index_n_heads", "index_head_dim", "linear_num_key_heads",
          "linear_num_value_heads", "mamba_d_state", "ssm_state_size", "mamba_d_conv",
          "hybrid_override_pattern", "layers_block_type", "attn_layer_period",
          "full_attention_interval", "linear_attn_config", "sparse_attention_config",
          "block_configs", "num_key_value_heads_per_layer", "ffn_multipliers", "clip_qkv"}) {
        row(qPrintable(QStringLiteral("\"%1\": 4").arg(QLatin1String(key))));
    }
    row(R"("attn_type_list": [0, 1])");
    row(R"("cross_attention_layers": [1])");
    row(R"("pruned_heads": {"1": [0]})");
    row(R"("is_encoder_decoder": true)");
    row(R"("position_embedding_type": "relative_key")");
    row(R"("add_cross_attention": true)");
    row(R"("is_decoder": true)", "bert");
    row(R"("scale_attn_weights": false)");
    row(R"("scale_attn_by_inverse_layer_idx": true)");
    row(R"("scale_attn_weights": 1)", "gpt2");
    row(R"("use_bidirectional_attention": true)");
    row(R"("architectures": ["Qwen3ForSequenceClassification"])");
    row(R"("rms_norm_eps": "small")");
    row(R"("hidden_size": "64")");
    row(R"("hidden_size": null)");
    row(R"("hidden_size": 0)");
    row(R"("hidden_size": [64])");
    row(R"("hidden_size": {"a": 1})");
    row(R"("vocab_size": 99999999999)");
    row(R"("tie_word_embeddings": 1)");
    row(R"("hidden_act": 3)");
    row(R"("hidden_act": "tanh")");
    row(R"("layer_types": 3)");
    row(R"("layer_types": [1, 2, 3, 4])");
    row(R"("layer_types": ["full_attention"])");
    row(R"("layer_types": ["a", "b", "c", "d"])");
    row(R"("layer_types": ["full_attention", "full_attention", "full_attention", "a"])", "llama");
    row(R"("layer_types": ["sliding_attention"])", "llama");
    row(R"("intermediate_size": [])", "gemma3n_text");
    row(R"("intermediate_size": [1, 2])", "gemma3n_text");
    row(R"("intermediate_size": [1, "a", 2, 3])", "gemma3n_text");
    row(R"("intermediate_size": [128, 0, 128, 128])", "gemma3n_text");
    row(R"("activation_sparsity_pattern": [0.5, "a"])", "gemma3n_text");
    row(R"("activation_sparsity_pattern": [0.5])", "gemma3n_text");
    row(R"("num_kv_shared_layers": 9)", "gemma3n_text");
    row(R"("num_kv_shared_layers": 3, "layer_types": ["full_attention", "sliding_attention",
        "full_attention", "sliding_attention"])",
        "gemma3n_text");
    row(R"("moe_layers": [9])", "llama4_text");
    row(R"("no_rope_layers": [1])", "llama4_text");
    row(R"("rope_theta": -1)");
    row(R"("rope_theta": 0)");
    row(R"("rope_scaling": 3)");
    row(R"("rope_scaling": {"rope_type": "spiral"})");
    row(R"("rope_scaling": {"rope_type": 3})");
    row(R"("rope_scaling": {"rope_type": "yarn", "factor": "four"})");
    row(R"("rope_scaling": {"rope_type": "yarn", "original_max_position_embeddings": 0})");
    row(R"("rope_scaling": {"rope_type": "longrope", "short_factor": ["a"]})");
    row(R"("rope_scaling": {"rope_type": "longrope", "short_factor": [1], "long_factor": [1]})");
    row(R"("rope_parameters": 3)");
    row(R"("rope_parameters": {"full_attention": 3})");
    row(R"("rope_parameters": {"sliding_attention": {"rope_type": "yarn"}})");
    row(R"("num_key_value_heads": 3)");
    row(R"("head_dim": 15)");
    row(R"("head_dim": null, "num_attention_heads": 6)", "llama");
    row(R"("num_attention_heads": 6, "n_head": 6)", "gpt2");
    row(R"("num_attention_heads": 5, "num_key_value_heads": 5)", "bert");
    row(R"("sliding_window": null, "layer_types": ["sliding_attention", "full_attention",
        "full_attention", "full_attention"])",
        "gemma3_text");
    row(R"("query_pre_attn_scalar": 0)", "gemma3_text");
    row(R"("num_experts": 4, "num_experts_per_tok": 8, "moe_intermediate_size": 32)", "qwen3_moe");
    row(R"("n_routed_experts": 6, "n_group": 4)", "deepseek_v3");
    row(R"("n_routed_experts": 8, "n_group": 4, "topk_group": 6)", "deepseek_v3");
    row(R"("n_routed_experts": 8, "n_group": 8, "topk_group": 1, "num_experts_per_tok": 4)",
        "deepseek_v3");
    row(R"("index_topk": 4, "layer_types": ["linear_attention"])", "deepseek_v32");
    row(R"("layer_types": ["linear_attention"])", "qwen3_next");
    row(R"("architectures": ["LlamaForCausalLMEagle3"])", "llama");
    row(R"("mlp_layer_types": ["dense"])", "glm4_moe_lite");
    row(R"("mlp_layer_types": ["dense", "sparse", "dense", "sparse"])", "glm4_moe_lite");
    row(R"("sliding_window_pattern": "GL")", "exaone4");
    row(R"("rope_scaling": {"rope_type": "default", "partial_rotary_factor": 0.5})",
        "glm4_moe_lite");
    row(R"("rotary_dim": 0)", "minimax_m2");
    row(R"("topk_method": "dice")", "deepseek_v3");
    row(R"("topk_method": "dice")", "deepseek_v2");
    row(R"("scoring_func": "dice")", "deepseek_v3");
}

void CoreWordsTest::refusedConfigurations() {
    QFETCH(QByteArray, json);
    const auto config = parse_config(json.toStdString(), "config.json");
    std::string text;
    if (!config) {
        text = config.error().text();
    } else if (const auto spec = expand_layers(*config); !spec) {
        text = spec.error().text();
    }
    QVERIFY2(!text.empty(), "the configuration was meant to be refused");
    QVERIFY2(knowsCoreText(text), text.c_str());
    verifyChinese(coreText(text), text);
    QVERIFY2(coreText(text) != shown(text), text.c_str());
}

void CoreWordsTest::refusedTables_data() {
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* json) { QTest::newRow(json) << QByteArray(json); };
    row("[]");
    row("{}");
    row(R"({"rows": 3})");
    row(R"({"rows": [3]})");
    row(R"({"rows": [{}]})");
    row(R"({"rows": [{"model": "Qwen3-8B", "colour": 3}]})");
    row(R"({"rows": [{"model": "Qwen3-8B", "hidden_size": "a"}]})");
    row(R"({"rows": [{"model": "Qwen3-8B", "claimed_total": -1}]})");
    row(R"({"claims": [{"id": 3}]})");
    row(R"({"examples": [{}]})");
    row(R"({"examples": [{"name": "A", "formula": "H*W"}]})");
    row(R"({"examples": [{"name": "A", "formula": "2 +"}]})");
    row(R"({"examples": [{"name": "A", "formula": "10^300"}]})");
    row(R"({"examples": [{"name": "Mistral 7B", "claimed_total": [7]}]})");
    row(R"({"examples": [{"name": "A", "formula": "2 2"}]})");
    row(R"({"examples": [{"name": "A", "formula": "(2"}]})");
    row(R"({"examples": [{"name": "A", "formula": "2Q"}]})");
    row(R"({"examples": [{"name": "Mistral 7B", "hidden_size": "wide"}]})");
}

void CoreWordsTest::refusedTables() {
    QFETCH(QByteArray, json);
    const auto report = check_table(json.toStdString(), "own.json");
    QVERIFY2(!report, "the table was meant to be refused");
    const std::string text = report.error().text();
    QVERIFY2(knowsCoreText(text), text.c_str());
    verifyChinese(coreText(text), text);
}

void CoreWordsTest::refusedScaling() {
    const auto verify = [](const char* preset, const RopeScaling& scaling) {
        ModelConfig config = find_model_preset(preset)->config;
        const Status status = set_rope_scaling(config, scaling);
        QVERIFY(!status);
        const std::string text = status.error().text();
        QVERIFY2(knowsCoreText(text), text.c_str());
        verifyChinese(coreText(text), text);
        QVERIFY2(coreText(text) != shown(text), text.c_str());
    };
    RopeScaling scaling;
    scaling.rope_type = "yarn";
    verify("gpt-2-small", scaling);
    scaling.factor = 0.5;
    verify("qwen3-8b", scaling);
    scaling.factor = 2.0;
    scaling.original_max_position_embeddings = -1;
    verify("qwen3-8b", scaling);
    scaling.rope_type = "spiral";
    verify("qwen3-8b", scaling);
}

void CoreWordsTest::refusedExpressions() {
    for (const char* constraint : {"parameters_total", "parameters_total <= 8 +", "(1 < 2",
                                   "2 2 < 3", "1 < 2Q", "1 < $", "< 2"}) {
        const auto parsed = Constraint::parse(constraint);
        QVERIFY2(!parsed, constraint);
        const std::string text = parsed.error().text();
        QVERIFY2(knowsCoreText(text), text.c_str());
        verifyChinese(coreText(text), text);
        QVERIFY2(coreText(text) != shown(text), text.c_str());
    }
}

void CoreWordsTest::failedRuns_data() {
    QTest::addColumn<QByteArray>("error");
    int row = 0;
    for (const char* error :
         {"run: was cancelled",
          "memory: found a limit of 1000 bytes, expected at least 2000 for the smallest design of "
          "this kind and these contexts",
          "threads: found 2, expected the 1 that the computer's profile was measured with",
          "weights, cache, workspace: needs 100 bytes, found a limit of 10; expected a smaller "
          "model, a shorter context or bf16 weights",
          "model_type: found bert, an encoder; expected a decoder",
          "/a/model.safetensors: cannot be opened: no",
          "/a/model.safetensors: header: found a header of 99 bytes, expected at most 9",
          "/a/model.safetensors: header: found no JSON object",
          "/a/model.safetensors: found 900 bytes, expected 1000 from its header",
          "/a/model.safetensors: a.weight: found data_offsets [4, 99], expected them inside the "
          "file's 50 bytes of data: the file is truncated or damaged",
          "/a/model.safetensors: a.weight: found its data at byte 8, expected 4: a gap lies before "
          "it",
          "/a/model.safetensors: a.weight: found 8 bytes, expected 16 for F32 [2, 2]",
          "/a/model.safetensors: a.weight: found shape [2], expected [4]",
          "/a/model.safetensors: a.weight: not found, expected [4]",
          "/a/model.safetensors: a.weight: found a tensor that this configuration does not have",
          "/a/model.safetensors: a.weight: found a weight that is no finite number at element 3, "
          "expected finite numbers",
          "a.weight: not found, expected [64, 8]", "a.weight: found [64], expected [64, 8]"}) {
        QTest::addRow("%d", row++) << QByteArray(error);
    }
}

void CoreWordsTest::failedRuns() {
    QFETCH(QByteArray, error);
    QVERIFY2(knowsCoreText(error.toStdString()), error.constData());
    verifyChinese(coreText(error.toStdString()).remove(QStringLiteral("weights, cache, workspace")),
                  error.toStdString());
}

void CoreWordsTest::reportsOfValidations() {
    ValidationOptions options;
    options.parameters = 1;
    options.threads = 1;
    options.contexts = {24};
    options.batches = {1, 4};
    options.measures_time = false;
    ValidationReport report =
        validate_design("DeepSeek-V3", find_model_preset("deepseek-v3")->config, options);
    QVERIFY(report.is_exact());
    ValidationRow time = report.rows.back();
    time.kind = RowKind::StepTime;
    time.unit = RowUnit::Seconds;
    time.judgement = Judgement::Timed;
    time.measured = 3 * time.high; // outside its band
    report.rows.push_back(time);
    report.others_load = 0.5;
    report.failure = Error{"", "run", "was cancelled"};
    report.was_cancelled = true;
    const ValidationWindowLanguage language;
    for (const char* phrase : ValidationWindowLanguage::phrases()) {
        const std::string said = language.say(phrase, {});
        QVERIFY2(said != phrase || std::string_view(phrase).find_first_of(
                                       "abcdefghijklmnopqrstuvwxyz") == std::string_view::npos,
                 phrase);
    }
    const std::string markdown = validation_markdown(report, language);
    verifyChinese(shown(markdown), markdown);
    // What a report says is what is translated, no phrase more or less.
    class Listening : public ValidationLanguage {
    public:
        mutable QStringList said;
        [[nodiscard]] std::string say(const char* english,
                                      const std::vector<std::string>& arguments) const override {
            said.append(QString::fromUtf8(english));
            return ValidationLanguage::say(english, arguments);
        }
    } listening;
    (void)validation_markdown(report, listening);
    report.folder = "checkpoint";
    report.options.threads = 2;
    report.was_cancelled = false;
    report.others_load.reset();
    report.threads_moved = true;
    (void)validation_markdown(report, listening);
    QStringList known;
    for (const char* phrase : ValidationWindowLanguage::phrases()) {
        known.append(QString::fromUtf8(phrase));
    }
    known.sort();
    listening.said.sort();
    listening.said.removeDuplicates();
    QCOMPARE(listening.said, known);
}

QTEST_MAIN(CoreWordsTest)
#include "tst_core_words.moc"
