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

    /// Splits [0, count) into one contiguous range per worker and runs body(worker, begin, end) on
    /// each that is not empty. Ranges smaller than `grain` are not handed out: little work stays on
    /// fewer threads.
    template <class Body>
    void split(std::int64_t count, std::int64_t grain, Body&& body) {
        const std::int64_t wanted = (count + grain - 1) / grain;
        const std::int64_t parts = wanted < m_size ? wanted : m_size;
        if (parts <= 1) {
            if (count > 0) {
                body(0, std::int64_t{0}, count);
            }
            return;
        }
        run([&](int worker) {
            if (worker < parts) {
                const std::int64_t begin = count * worker / parts;
                const std::int64_t end = count * (worker + 1) / parts;
                if (begin < end) {
                    body(worker, begin, end);
                }
            }
        });
    }

private:
    using Function = void (*)(void* context, int worker);
    void dispatch(Function function, void* context);
    void worker_loop(int worker);

    int m_size = 1;
    Function m_function = nullptr;
    void* m_context = nullptr;
    alignas(64) std::atomic<std::uint32_t> m_generation{0}; ///< counts regions; odd and even alike
    alignas(64) std::atomic<std::int32_t> m_pending{0};     ///< workers still inside the region
    alignas(64) std::atomic<bool> m_stop{false};
    std::vector<std::thread> m_threads;
};

} // namespace headroom
