// SPDX-License-Identifier: GPL-3.0-or-later
// What a config.json may leave out: the defaults of each family's configuration class.
#pragma once

#include "core/config/model_config.h"

namespace headroom::family_defaults {

void arcee(ModelConfig& c);
void bert(ModelConfig& c);
void deepseek_v2(ModelConfig& c);
void deepseek_v3(ModelConfig& c);
void dots1(ModelConfig& c);
void ernie4_5(ModelConfig& c);
void exaone4(ModelConfig& c);
void gemma(ModelConfig& c);
void gemma2(ModelConfig& c);
void gemma3_text(ModelConfig& c);
void gemma3n_text(ModelConfig& c);
void glm4_moe(ModelConfig& c);
void glm4_moe_lite(ModelConfig& c);
void gpt2(ModelConfig& c);
void gpt_oss(ModelConfig& c);
void llama(ModelConfig& c);
void llama4_text(ModelConfig& c);
void minimax_m2(ModelConfig& c);
void mistral(ModelConfig& c);
void mixtral(ModelConfig& c);
void olmo2(ModelConfig& c);
void olmo3(ModelConfig& c);
void olmoe(ModelConfig& c);
void phi3(ModelConfig& c);
void qwen2(ModelConfig& c);
void qwen2_vl_text(ModelConfig& c);
void qwen3(ModelConfig& c);
void qwen3_moe(ModelConfig& c);
void qwen3_vl_text(ModelConfig& c);
void seed_oss(ModelConfig& c);
void smollm3(ModelConfig& c);

} // namespace headroom::family_defaults
