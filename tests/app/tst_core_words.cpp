// SPDX-License-Identifier: GPL-3.0-or-later
// What the core says of published tables and of refused configurations, in Chinese: no sentence of
// it may stay English.
#include "app/language.h"
#include "core/accounting/memory.h"
#include "core/base/expression.h"
#include "core/claims/check_table.h"
#include "core/claims/claims_sentences.h"
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/config/rope_scaling.h"
#include "core/presets/presets.h"
#include "core/validation/validation_text.h"
#include "tests/app/english_in.h"
#include "tests/app/sentence_tables.h"
#include "widgets/pages/claims_model.h"
#include "widgets/words/sentence_text.h"
#include "widgets/words/validation_language.h"

#include <QRegularExpression>
#include <QTest>

#include <optional>
#include <tuple>

using namespace headroom;
using namespace headroom::ui;

namespace {

QString shown(const std::string& text) {
    return QString::fromStdString(text);
}

void verifyChinese(const QString& said, const std::string& english) {
    QVERIFY2(englishIn(said).isEmpty(),
             qPrintable(QStringLiteral("\"%1\" is left of \"%2\": %3")
                            .arg(englishIn(said), shown(english), said)));
}

/// What the core says is Chinese, and not only names and figures.
void verifySaid(const Sentence& sentence) {
    const QString said = sentenceText(sentence);
    verifyChinese(said, english(sentence));
    static const QRegularExpression chinese(QStringLiteral("\\p{Han}"));
    QVERIFY2(chinese.match(said).hasMatch(), english(sentence).c_str());
}

/// `own`: the table; what it says itself stays as it is.
void verifyRows(const Result<CheckReport>& report, const QByteArray& own = {}) {
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QVERIFY(!report->rows.empty());
    for (const CheckRow& row : report->rows) {
        if (own.isEmpty() || !own.contains(QByteArray::fromStdString(english(row.claim)))) {
            verifyChinese(sentenceText(row.claim), english(row.claim));
        }
        verifyChinese(sentenceText(row.computed), english(row.computed));
        verifySaid(row.why);
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
    void everySentence_data();
    void everySentence();
    void englishIsWhatCheckPrints();
    void refusedConfigurations_data();
    void refusedConfigurations();
    void refusedTables_data();
    void refusedTables();
    void refusedScaling();
    void refusedExpressions();
    void refusedDeployments();
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
    verifyRows(check_table(json.toStdString(), "own.json"), json);
}

void CoreWordsTest::wordsOfOthersStay() {
    const std::string sentence = "Wider models learn faster; deeper ones, too.";
    QCOMPARE(quoteText(sentence), shown(sentence));
    QVERIFY(quoteText("GQA lowers memory use by about 30-50% and raises inference speed by about "
                      "20-40%.")
                .startsWith(QStringLiteral("GQA 使内存")));
}

void CoreWordsTest::figuresAndNames() {
    // Figures as the locale writes them, lists and clauses with Chinese marks, no space between
    // Chinese words.
    QCOMPARE(sentenceText(joined(Join::Comma, {claims_says<"at-context">(fixed(0, 1), 1024),
                                               claims_says<"at-context">(fixed(81.2, 1), 32768)})),
             QStringLiteral("1,024 时 0.0%，32,768 时 81.2%"));
    QCOMPARE(sentenceText(claims_says<"printed-against-official">(
                 joined(Join::Comma, {claims_says<"official-field">("vocab_size", 32000, 151936),
                                      claims_says<"official-field">("head_dim", 64, 128)}))),
             QStringLiteral(
                 "印出值与官方值不同：vocab_size 32,000（官方 151,936），head_dim 64（官方 128）"));
    QCOMPARE(sentenceText(claims_says<"give-total">(claims_says<"billions">(fixed(0.53, 2)),
                                                    claims_says<"below">(fixed(11.1, 1)),
                                                    claims_says<"billions">(fixed(0.6, 1)))),
             QStringLiteral("该行各字段得出 0.53 B，比印出的 0.6 B 低 11.1%"));
    QCOMPARE(sentenceText(found_expected(base_says<"nothing">(), base_says<"text">())),
             QStringLiteral("现为空缺，应为文本"));
    QCOMPARE(sentenceText(base_says<"one-of">(Names{{"a", "b"}})),
             QStringLiteral("以下之一：a、b"));
    QCOMPARE(errorText({"config.json", "hidden_size",
                        found_expected(1048577, base_says<"at-most">(1048576))}),
             QStringLiteral("config.json: hidden_size: 现为 1,048,577，应为不超过 1,048,576"));
}

void CoreWordsTest::everySentence_data() {
    QTest::addColumn<QString>("id");
    for (const SentenceTable& table : sentenceTables()) {
        for (const SentenceTemplate& row : table.rows) {
            QTest::addRow("%s %s", table.name, row.id.data()) << shown(std::string(row.id));
        }
    }
}

/// Each sentence made with figures: it is translated, and every figure stands in it once.
void CoreWordsTest::everySentence() {
    QFETCH(QString, id);
    for (const SentenceTable& table : sentenceTables()) {
        for (const SentenceTemplate& row : table.rows) {
            if (!QByteArray(QTest::currentDataTag()).startsWith(table.name) ||
                shown(std::string(row.id)) != id) {
                continue;
            }
            std::vector<Argument> figures;
            for (std::size_t i = 0; i < placeholder_count(row.english); ++i) {
                figures.emplace_back(701 + i);
            }
            const Sentence made(row, figures);
            const QString said = sentenceText(made);
            verifyChinese(said, english(made));
            for (std::size_t i = 0; i < figures.size(); ++i) {
                QCOMPARE(said.count(QString::number(701 + i)), 1);
                QCOMPARE(shown(english(made)).count(QString::number(701 + i)), 1);
            }
        }
    }
}

/// Without a translation and a locale the window says what `check` prints.
void CoreWordsTest::englishIsWhatCheckPrints() {
    applyLanguage(QStringLiteral("en"));
    QLocale::setDefault(QLocale::c());
    for (const ShippedTable& table : shipped_tables()) {
        const auto report = check_table(table.text, table.name);
        QVERIFY(report);
        for (const CheckRow& row : report->rows) {
            for (const Sentence* sentence : {&row.why, &row.computed, &row.claim}) {
                QCOMPARE(sentenceText(*sentence), shown(english(*sentence)));
            }
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
    std::optional<Error> error;
    if (!config) {
        error = config.error();
    } else if (const auto spec = expand_layers(*config); !spec) {
        error = spec.error();
    }
    QVERIFY2(error, "the configuration was meant to be refused");
    verifySaid(error->message);
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
    verifySaid(report.error().message);
}

void CoreWordsTest::refusedScaling() {
    const auto verify = [](const char* preset, const RopeScaling& scaling) {
        ModelConfig config = find_model_preset(preset)->config;
        const Status status = set_rope_scaling(config, scaling);
        QVERIFY(!status);
        verifySaid(status.error().message);
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
        verifySaid(parsed.error().message);
    }
}

void CoreWordsTest::refusedDeployments() {
    const auto spec = expand_layers(find_model_preset("qwen3-235b-a22b")->config);
    for (const auto& [devices, tensor, pipeline, expert] :
         {std::tuple{3, 3, 1, 1}, std::tuple{0, 1, 1, 1}, std::tuple{7, 2, 1, 1},
          std::tuple{128, 1, 128, 1}, std::tuple{2, 1, 1, 4}, std::tuple{6, 2, 1, 3}}) {
        const Status status = check_deployment(*spec, {"h200", devices, tensor, pipeline, expert});
        QVERIFY(!status);
        verifySaid(status.error().message);
    }
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
    report.failure = Error{"", "run", base_says<"cancelled">()};
    report.was_cancelled = true;
    const ValidationWindowLanguage language;
    const std::string markdown = validation_markdown(report, language);
    verifyChinese(shown(markdown), markdown);
}

QTEST_MAIN(CoreWordsTest)
#include "tst_core_words.moc"
