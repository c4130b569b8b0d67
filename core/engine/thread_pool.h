// SPDX-License-Identifier: GPL-3.0-or-later
// One persistent set of threads that runs short parallel regions with a sub-microsecond hand-over.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace headroom {

/// The calling thread is worker 0; `size() - 1` further threads wait for regions. Waiting spins for
/// a bounded time (a few tens of microseconds) and then sleeps, so that an idle pool never holds a
/// core that somebody else needs. Regions do not nest. One caller at a time.
class ThreadPool {
public:
    /// `threads` below 1 means one per hardware thread.
    explicit ThreadPool(int threads = 0);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    [[nodiscard]] int size() const { return m_size; }
    /// The size of a pool made with `threads`; below 1: one per hardware thread.
    [[nodiscard]] static int resolve(int threads);

    /// Runs body(worker) once on every worker, worker in [0, size()), and returns when all are
    /// done.
    template <class Body>
    void run(Body&& body) {
        if (m_size == 1) {
            body(0);
            return;
        }
        dispatch([](void* context, int worker) { (*static_cast<Body*>(context))(worker); }, &body);
    }

    /// Cuts [0, count) into contiguous pieces of at least `grain` and runs body(worker, begin, end)
    /// on each. A worker begins with pieces of its own, at the same place whatever is cut, so that
    /// it reads rows that it has written itself: between cores without a common cache others' rows
    /// come over several times slower. Whoever is done takes what a slower worker has not begun.
    template <class Body>
    void split(std::int64_t count, std::int64_t grain, Body&& body) {
        constexpr std::int64_t pieces_per_worker = 4;
        const std::int64_t wanted = (count + grain - 1) / grain;
        const std::int64_t most = m_size * pieces_per_worker;
        const std::int64_t pieces = wanted < most ? wanted : most;
        if (pieces <= 1 || m_size == 1) {
            if (count > 0) {
                body(0, std::int64_t{0}, count);
            }
            return;
        }
        for (int worker = 0; worker < m_size; ++worker) {
            m_shares[static_cast<std::size_t>(worker)].next.store(pieces * worker / m_size,
                                                                  std::memory_order_relaxed);
        }
        run([&](int worker) {
            for (int i = 0; i < m_size; ++i) {
                const int owner = worker + i < m_size ? worker + i : worker + i - m_size;
                std::atomic<std::int64_t>& next = m_shares[static_cast<std::size_t>(owner)].next;
                const std::int64_t end = pieces * (owner + 1) / m_size;
                // A look before the step keeps a finished share's line where it is.
                while (next.load(std::memory_order_relaxed) < end) {
                    const std::int64_t piece = next.fetch_add(1, std::memory_order_relaxed);
                    if (piece < end) {
                        body(worker, count * piece / pieces, count * (piece + 1) / pieces);
                    }
                }
            }
        });
    }

private:
    using Function = void (*)(void* context, int worker);
    void dispatch(Function function, void* context);
    void worker_loop(int worker);

    /// What nobody has begun of a worker's pieces.
    struct alignas(64) Share {
        std::atomic<std::int64_t> next{0};
    };

    int m_size = 1;
    std::vector<Share> m_shares; ///< [size]
    Function m_function = nullptr;
    void* m_context = nullptr;
    /// A number that others wait on until it changes.
    template <class T>
    struct alignas(64) Watched {
        std::atomic<T> value{0};
        std::atomic<int> sleepers{0}; ///< who waits past spinning
        T wait_for_change(T old);
        void notify();
    };
    Watched<std::uint32_t> m_generation; ///< counts regions
    Watched<std::int32_t> m_pending;     ///< workers still inside the region
    alignas(64) std::atomic<bool> m_stop{false};
    std::vector<std::thread> m_threads;
};

} // namespace headroom
