// SPDX-License-Identifier: GPL-3.0-or-later
// Stretched rotary positions as an editor turns them on: every family, back from its file,
// refusals.
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/config/rope_scaling.h"
#include "core/presets/presets.h"

#include <QtTest>

#include <algorithm>

using namespace headroom;

class TestRopeScaling : public QObject {
    Q_OBJECT

private slots:
    void everyFamilyTurnsYarnOn();
    void kindsStartWithSense();
    void nonsenseIsRefused();
};

void TestRopeScaling::everyFamilyTurnsYarnOn() {
    int stretched = 0;
    for (const ModelPreset& preset : model_presets()) {
        const std::vector<std::string> choices = rope_scaling_choices(preset.config);
        if (choices.empty()) {
            continue; // learned or no positions
        }
        QVERIFY2(std::count(choices.begin(), choices.end(), preset.config.rope_scaling.rope_type) ==
                     1,
                 preset.id.c_str());
        ModelConfig config = preset.config;
        const Status set = set_rope_scaling(config, started_rope_scaling(config, "yarn"));
        QVERIFY2(set.has_value(), preset.id.c_str());
        QVERIFY2(expand_layers(config).has_value(), preset.id.c_str());
        for (const ConfigForm form : {ConfigForm::Classic, ConfigForm::Transformers5}) {
            const auto read = parse_config(write_config(config, form));
            QVERIFY2(read.has_value(), preset.id.c_str());
            QVERIFY2(read->rope_scaling == config.rope_scaling, preset.id.c_str());
        }
        ++stretched;
    }
    QVERIFY(stretched > 30);
}

void TestRopeScaling::kindsStartWithSense() {
    ModelConfig config = find_model_preset("qwen3-8b")->config;
    const RopeScaling yarn = started_rope_scaling(config, "yarn");
    QCOMPARE(yarn.factor, 4.0);
    QCOMPARE(yarn.original_max_position_embeddings.value_or(0), config.max_position_embeddings);
    const RopeScaling linear = started_rope_scaling(config, "linear");
    QVERIFY(!linear.original_max_position_embeddings);
    // What a design has is kept when the kind changes; none of it when it is turned off.
    config = find_model_preset("deepseek-v3")->config;
    QVERIFY(started_rope_scaling(config, "yarn") == config.rope_scaling);
    QCOMPARE(started_rope_scaling(config, "linear").factor, config.rope_scaling.factor);
    QVERIFY(started_rope_scaling(config, "default") == RopeScaling{});
}

void TestRopeScaling::nonsenseIsRefused() {
    const ModelConfig config = find_model_preset("qwen3-8b")->config;
    RopeScaling scaling = started_rope_scaling(config, "yarn");
    const auto refused = [&config](const RopeScaling& wrong, const char* field) {
        ModelConfig copy = config;
        const Status status = set_rope_scaling(copy, wrong);
        return !status && status.error().path == field && copy == config;
    };
    scaling.factor = 0.0;
    QVERIFY(refused(scaling, "rope_scaling.factor"));
    scaling.factor = std::nan("");
    QVERIFY(refused(scaling, "rope_scaling.factor"));
    scaling.factor = 4.0;
    scaling.original_max_position_embeddings = -1;
    QVERIFY(refused(scaling, "rope_scaling.original_max_position_embeddings"));
    scaling = {};
    scaling.rope_type = "longrope";
    QVERIFY(refused(scaling, "rope_scaling.rope_type"));
    ModelConfig learned = find_model_preset("gpt-2-small")->config;
    QVERIFY(rope_scaling_choices(learned).empty());
    QVERIFY(!set_rope_scaling(learned, started_rope_scaling(config, "yarn")));
}

QTEST_APPLESS_MAIN(TestRopeScaling)
#include "tst_rope_scaling.moc"
