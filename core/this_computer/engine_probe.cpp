// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/this_computer/engine_probe.h"

#include "core/engine/kernels/attention.h"
#include "core/engine/kernels/elementwise.h"
#include "core/engine/kernels/product.h"
#include "core/engine/routing.h"
#include "core/engine/thread_pool.h"
#include "core/this_computer/engine_cuts.h"

#include <algorithm>
#include <system_error>
#include <vector>

namespace headroom {
namespace {

using kernels::Interval;

constexpr std::int64_t reading_memory = std::int64_t{256} << 20;
constexpr float small = 0.01F;
// What the estimate takes for the engine's cuts is what the engine cuts by.
static_assert(rows_of_its_own == 2 * kernels::max_row_tile);
static_assert(panel_columns == PackedMatrix::panel_width);

constexpr std::int64_t routed_to = 4; ///< experts that a token of Routing chooses

class EngineProbe final : public ComputerProbe {
public:
    explicit EngineProbe(int threads)
        : m_pool(threads)
        , m_memory_bytes(std::min(reading_memory, available_memory_bytes() / 8)) {}

    [[nodiscard]] int threads() const override { return m_pool.size(); }
    [[nodiscard]] std::int64_t vector_numbers() const override { return kernels::vector_numbers(); }
    [[nodiscard]] std::int64_t tile_rows() const override {
        return kernels::row_tile(kernels::max_row_tile);
    }
    [[nodiscard]] std::int64_t memory_bytes() const override { return m_memory_bytes; }

    [[nodiscard]] std::function<void()> prepare(const ProbeWork& work) override {
        switch (work.kind) {
        case ProbeWork::Kind::Region:
            return [this] { m_pool.run([](int) {}); };
        case ProbeWork::Kind::Exchange:
            return exchange(work);
        case ProbeWork::Kind::Read:
        case ProbeWork::Kind::Product:
            return product(work);
        case ProbeWork::Kind::SharedRead:
            return shared_read(work);
        case ProbeWork::Kind::RowAttention:
            return row_attention(work);
        case ProbeWork::Kind::TileAttention:
            return tile_attention(work);
        case ProbeWork::Kind::PackKeys:
            return pack_keys(work);
        case ProbeWork::Kind::ElementWise:
            return element_wise(work);
        case ProbeWork::Kind::Rotation:
            return rotation(work);
        case ProbeWork::Kind::Routing:
            return routing(work);
        case ProbeWork::Kind::Activation:
            return activation(work);
        }
        return [] {};
    }

private:
    static void fill(std::vector<float>& values, std::int64_t count) {
        values.assign(static_cast<std::size_t>(count), small);
    }

    /// Memory of its own for every thread.
    class Slices {
    public:
        void fill(std::int64_t count, int threads) {
            constexpr std::int64_t line = 32; // two cache lines: neighbours fetch each other's
            m_each = (count + line - 1) / line * line + line;
            m_values.assign(static_cast<std::size_t>(m_each * threads), small);
        }
        [[nodiscard]] float* of(int worker) { return m_values.data() + worker * m_each; }

    private:
        std::vector<float> m_values;
        std::int64_t m_each = 0;
    };
    void fill(Slices& slices, std::int64_t count) { slices.fill(count, m_pool.size()); }

    /// Work of one thread, on all of them at once: together they share the clock and the memory,
    /// as they do in a step.
    template <class Run>
    std::function<void()> everywhere(const ProbeWork& work, Run run) {
        return [this, repeats = work.repeats, run] {
            m_pool.run([&](int worker) {
                for (std::int64_t i = 0; i < repeats; ++i) {
                    run(worker);
                }
            });
        };
    }

    /// Weights lie at the start of one block. What was never used costs nothing, and is touched
    /// only as far as it is needed, so that no call takes long.
    std::byte* weight_memory(std::int64_t bytes) {
        constexpr std::int64_t least = std::int64_t{4} << 20; // any product of the plan
        if (m_weights.size() == 0) {
            m_weights = AlignedBuffer(static_cast<std::size_t>(std::max(m_memory_bytes, least)));
        }
        auto* memory = static_cast<std::byte*>(m_weights.data());
        if (m_touched < bytes) {
            std::fill(memory + m_touched, memory + bytes, std::byte{0x3c}); // 0.01 in any format
            m_touched = bytes;
        }
        return memory;
    }

    std::function<void()> exchange(const ProbeWork& work) {
        fill(m_x, work.in);
        fill(m_y, work.in * m_pool.size());
        return [this, work] {
            const std::int64_t threads = m_pool.size();
            m_pool.run([&](int worker) {
                const std::int64_t begin = work.in * worker / threads;
                const std::int64_t end = work.in * (worker + 1) / threads;
                std::fill(m_x.begin() + begin, m_x.begin() + end, small);
            });
            m_pool.run([&](int worker) {
                std::copy(m_x.begin(), m_x.end(), m_y.begin() + worker * work.in);
            });
        };
    }

    void place_matrices(const ProbeWork& work) {
        const WeightType type =
            work.format == NumberFormat::Bf16 ? WeightType::BF16 : WeightType::F32;
        const std::int64_t bytes = PackedMatrix::allocated_bytes(work.in, work.out, type);
        std::byte* memory = weight_memory(bytes * work.matrices);
        m_matrices.clear();
        for (std::int64_t i = 0; i < work.matrices; ++i) {
            m_matrices.emplace_back(work.in, work.out, type);
            m_matrices.back().place(memory + i * bytes);
        }
        fill(m_y, work.rows * work.out);
        m_stride = 2 * PackedMatrix::panel_width * work.in;
        fill(m_panels, m_stride * m_pool.size());
    }

    /// Rows are ready, and each thread goes over its part again and again: few rows share the
    /// panels, with many every thread has rows of its own.
    std::function<void()> product(const ProbeWork& work) {
        place_matrices(work);
        fill(m_packed, kernels::packed_rows_size(work.rows, work.in));
        const std::int64_t threads = m_pool.size();
        const bool own_rows = packs_its_own_rows(work.rows, m_pool.size());
        return [this, work, threads, own_rows] {
            m_pool.run([&](int worker) {
                const std::int64_t first = own_rows ? work.rows * worker / threads : 0;
                const std::int64_t rows =
                    own_rows ? work.rows * (worker + 1) / threads - first : work.rows;
                for (std::int64_t i = 0; i < work.repeats; ++i) {
                    for (const PackedMatrix& matrix : m_matrices) {
                        const std::int64_t items = kernels::product_items(rows, matrix);
                        kernels::product_range({&matrix, nullptr, m_y.data() + first * work.out,
                                                work.out, kernels::Store::Overwrite},
                                               m_packed.data() + first * work.in, rows,
                                               own_rows ? 0 : items * worker / threads,
                                               own_rows ? items : items * (worker + 1) / threads,
                                               m_panels.data() + worker * m_stride);
                    }
                }
            });
        };
    }

    std::function<void()> shared_read(const ProbeWork& work) {
        place_matrices(work);
        fill(m_x, work.in);
        return [this, work] {
            for (const PackedMatrix& matrix : m_matrices) {
                for (std::int64_t i = 0; i < work.in; i += work.out) {
                    std::copy_n(m_y.data(), std::min(work.out, work.in - i), m_x.data() + i);
                }
                kernels::multiply(m_pool, {m_packed.data(), m_panels.data(), m_stride}, m_x.data(),
                                  work.in, 1,
                                  kernels::Product{&matrix, nullptr, m_y.data(), work.out});
            }
        };
    }

    std::function<void()> row_attention(const ProbeWork& work) {
        fill(m_q, work.heads * work.in);
        fill(m_out, work.heads * work.in);
        fill(m_kv, 2 * work.keys * work.in);
        fill(m_scratch, kernels::row_scratch_size(work.keys, work.heads));
        m_intervals = {Interval{0, work.keys}};
        kernels::RowAttention row;
        row.heads = work.heads;
        row.key_dim = row.value_dim = work.in;
        row.q_stride = row.k_stride = row.v_stride = row.out_stride = work.in;
        row.attended = m_intervals;
        return everywhere(work, [this, row, work](int worker) {
            kernels::RowAttention own = row;
            own.q = m_q.of(worker);
            own.k = m_kv.of(worker);
            own.v = own.k + work.keys * work.in;
            own.out = m_out.of(worker);
            kernels::attend_row(own, m_scratch.of(worker));
        });
    }

    std::function<void()> tile_attention(const ProbeWork& work) {
        fill(m_q, work.rows * work.in);
        fill(m_out, work.rows * work.in);
        const std::int64_t panels = kernels::key_panels_size(work.keys, work.in);
        constexpr std::int64_t slack = 64; // values are read a register tile at a time
        fill(m_kv, panels + work.keys * work.in + slack);
        fill(m_scratch, kernels::band_scratch_size(work.keys, work.in));
        m_intervals.assign(static_cast<std::size_t>(work.rows), Interval{0, work.keys});
        kernels::BandAttention band;
        band.key_dim = band.value_dim = work.in;
        band.q_stride = band.out_stride = work.in;
        band.bands = m_intervals;
        return everywhere(work, [this, band, work, panels](int worker) {
            kernels::BandAttention own = band;
            own.q = m_q.of(worker);
            own.key_panels = m_kv.of(worker);
            own.values = own.key_panels + panels;
            own.out = m_out.of(worker);
            kernels::attend_band(own, 0, 0, work.rows, m_scratch.of(worker));
        });
    }

    std::function<void()> element_wise(const ProbeWork& work) {
        fill(m_q, work.rows * work.in);
        fill(m_out, work.rows * work.in);
        return everywhere(work, [this, work](int worker) {
            kernels::rms_norm(m_q.of(worker), work.in, work.rows, work.in, nullptr, 0.0F, 1e-6F,
                              m_out.of(worker), work.in);
        });
    }

    std::function<void()> rotation(const ProbeWork& work) {
        fill(m_q, work.heads * work.in);
        fill(m_kv, work.in);
        return everywhere(work, [this, work](int worker) {
            kernels::rotate_half(m_kv.of(worker), m_kv.of(worker), work.in, work.heads, work.in,
                                 m_q.of(worker));
        });
    }

    std::function<void()> activation(const ProbeWork& work) {
        fill(m_q, work.in);
        fill(m_out, work.in);
        return everywhere(work, [this, work](int worker) {
            kernels::activate_gated(kernels::Activation::Silu, 0.0F, m_q.of(worker), m_q.of(worker),
                                    work.in, m_out.of(worker));
        });
    }

    /// Tokens choose experts from scores that differ, as those of a router do.
    std::function<void()> routing(const ProbeWork& work) {
        fill(m_x, work.rows * work.in);
        for (std::size_t i = 0; i < m_x.size(); ++i) {
            m_x[i] = static_cast<float>(i * 7919 % 1009) / 1009.0F;
        }
        fill(m_q, work.in);
        fill(m_out, routed_to);
        m_experts.assign(static_cast<std::size_t>(m_pool.size()),
                         std::vector<std::int32_t>(64, 0)); // lines of their own
        Routing rule;
        rule.norm_topk_prob = true;
        return everywhere(work, [this, work, rule](int worker) {
            const auto count = static_cast<std::size_t>(work.in);
            std::vector<std::int32_t>& experts = m_experts[static_cast<std::size_t>(worker)];
            for (std::int64_t row = 0; row < work.rows; ++row) {
                std::copy_n(m_x.data() + row * work.in, work.in, m_q.of(worker));
                route_token(rule, {m_q.of(worker), count}, {},
                            {experts.data(), static_cast<std::size_t>(routed_to)},
                            {m_out.of(worker), static_cast<std::size_t>(routed_to)});
            }
        });
    }

    std::function<void()> pack_keys(const ProbeWork& work) {
        fill(m_kv, work.keys * work.in);
        fill(m_out, kernels::key_panels_size(work.keys, work.in));
        return everywhere(work, [this, work](int worker) {
            kernels::pack_keys(m_kv.of(worker), work.in, work.keys, work.in, 0, m_out.of(worker));
        });
    }

    ThreadPool m_pool;
    std::int64_t m_memory_bytes;
    AlignedBuffer m_weights;
    std::int64_t m_touched = 0; ///< bytes of it that hold numbers
    std::vector<PackedMatrix> m_matrices;
    std::int64_t m_stride = 0; ///< of each thread's part of m_panels
    std::vector<float> m_x, m_y, m_packed, m_panels;
    std::vector<Interval> m_intervals;
    Slices m_q, m_kv, m_out, m_scratch; ///< of every thread
    std::vector<std::vector<std::int32_t>> m_experts;
};

} // namespace

std::unique_ptr<ComputerProbe> engine_probe(int threads) {
    return std::make_unique<EngineProbe>(threads);
}

Result<ComputerProfile> this_computer(const std::filesystem::path& folder, int threads,
                                      const MeasureProgress& progress, const std::stop_token& stop,
                                      KeptComputer use) {
    const std::unique_ptr<ComputerProbe> probe = engine_probe(threads);
    if (!folder.empty()) {
        const int count = probe->threads();
        Result<ComputerProfile> kept = kept_computer(folder, count);
        if (kept && use == KeptComputer::AsItIs) {
            return kept;
        }
        if (kept) {
            const Result<ComputerProfile> earlier = kept_computer(folder, count, KeptFile::Earlier);
            // Threads that have just begun may share a core for some milliseconds.
            (void)measured_exchange_s(*probe);
            constexpr int looks = 3; // a moment's disturbance is no other placement
            for (int look = 0; look < looks; ++look) {
                const double exchange_s = measured_exchange_s(*probe);
                if (same_placement(kept->exchange_s, exchange_s)) {
                    return kept;
                }
                if (earlier && same_placement(earlier->exchange_s, exchange_s)) {
                    return earlier;
                }
            }
        }
    }
    Result<ComputerProfile> measured = measure_computer(*probe, progress, stop);
    if (measured && !folder.empty()) {
        if (use == KeptComputer::IfItHolds) {
            // What was kept is of another placement; where nothing was, there is nothing to move.
            std::error_code failed;
            std::filesystem::rename(computer_file(folder, measured->threads),
                                    computer_file(folder, measured->threads, KeptFile::Earlier),
                                    failed);
        }
        if (const Status kept = keep_computer(folder, *measured); !kept) {
            return kept.error();
        }
    }
    return measured;
}

} // namespace headroom
