// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/training_loss.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr Wide bf16_bytes = 2;
constexpr Wide fp32_bytes = 4;

/// Cross-entropy of `rows` tokens whose logits are stored.
LossMemory stored_logits(const ModelSpec& spec, Wide rows) {
    const Wide logits = rows * spec.vocab_size;
    const bool upcast = spec.naming != TensorNaming::Bert;
    const Wide precise = upcast ? fp32_bytes : bf16_bytes;
    LossMemory m;
    m.kept = precise * logits;
    if (spec.final_logit_softcapping) {
        m.kept += bf16_bytes * logits; // tanh
    }
    m.forward = m.kept + (upcast ? bf16_bytes + fp32_bytes : bf16_bytes) * logits;
    m.backward = m.kept + 2 * precise * logits;
    return m;
}

} // namespace

LossMemory loss_memory(const ModelSpec& spec, const TrainingSetup& setup) {
    const Wide tokens = wide(setup.micro_batch) * setup.sequence;
    const Wide hidden = bf16_bytes * tokens * spec.hidden_size;
    const Wide head =
        setup.lora.rank > 0 ? 0 : bf16_bytes * wide(spec.vocab_size) * spec.hidden_size;
    LossMemory m;
    switch (setup.loss) {
    case Loss::None:
        break;
    case Loss::Plain:
        m = stored_logits(spec, tokens);
        m.backward = std::max(m.backward, bf16_bytes * tokens * spec.vocab_size + head + hidden);
        break;
    case Loss::Chunked: {
        const Wide rows = std::min(tokens, wide(setup.loss_chunk));
        m = stored_logits(spec, rows);
        m.backward = hidden + std::max(m.backward, bf16_bytes * rows * spec.vocab_size + head);
        m.kept = 0;
        break;
    }
    case Loss::Fused:
        m.kept = fp32_bytes * tokens;
        m.forward = m.kept;
        m.backward = m.kept + head + hidden;
        break;
    }
    return m;
}

} // namespace headroom
