<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Charts</name>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Shared experts</source>
        <translation>共享专家</translation>
    </message>
    <message>
        <source>Dense feed-forward</source>
        <translation>稠密前馈</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Embedding and head</source>
        <translation>嵌入与输出头</translation>
    </message>
    <message>
        <source>Router, norms, other</source>
        <translation>路由、归一化及其他</translation>
    </message>
    <message>
        <source>before the edit: %1</source>
        <translation>编辑前：%1</translation>
    </message>
    <message>
        <source>before the edit</source>
        <translation>编辑前</translation>
    </message>
    <message>
        <source>No design has figures yet.
%1</source>
        <translation>尚无设计有结果。
%1</translation>
    </message>
    <message>
        <source>Add a design to see its figures.</source>
        <translation>添加设计以查看其指标。</translation>
    </message>
    <message>
        <source>Parameters, total and active</source>
        <translation>参数量：总量与激活</translation>
    </message>
    <message>
        <source>Parameters by group</source>
        <translation>按组划分的参数量</translation>
    </message>
    <message>
        <source>Memory of a device against context</source>
        <translation>设备内存随上下文的变化</translation>
    </message>
    <message>
        <source>KV cache of a sequence against context</source>
        <translation>单序列键值缓存随上下文的变化</translation>
    </message>
    <message>
        <source>Tokens per second against batch or context</source>
        <translation>每秒词元数随批大小或上下文的变化</translation>
    </message>
    <message>
        <source>Time per token against batch or context</source>
        <translation>每词元时间随批大小或上下文的变化</translation>
    </message>
    <message>
        <source>Operators of a step under the device&apos;s roof</source>
        <translation>单步算子与设备屋顶线</translation>
    </message>
    <message>
        <source>Figures as multiples of the first design&apos;s</source>
        <translation>各指标相对第一个设计的倍数</translation>
    </message>
    <message>
        <source>Nothing to draw yet</source>
        <translation>暂无可绘制内容</translation>
    </message>
    <message>
        <source>Nothing to compare yet</source>
        <translation>暂无可比较内容</translation>
    </message>
    <message>
        <source>Add a second design to compare</source>
        <translation>添加第二个设计进行比较</translation>
    </message>
    <message>
        <source>%1 and %2 store the same weights and cache</source>
        <translation>%1 与 %2 的权重和缓存大小相同</translation>
    </message>
    <message>
        <source>Figures as multiples of %1&apos;s, at %2, batch %3, on %4</source>
        <translation>各指标相对 %1 的倍数，%2，批大小 %3，%4</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Multiple of the first design</source>
        <translation>相对第一个设计的倍数</translation>
    </message>
    <message>
        <source>%1 now keeps %2 at %3: %4 than before</source>
        <translation>%1 在 %3 时占用 %2：较之前%4</translation>
    </message>
    <message>
        <source>%1 keeps %2 for a sequence of %3</source>
        <translation>%1 对 %3 的序列占用 %2</translation>
    </message>
    <message>
        <source>All designs keep %1 for a sequence of %2</source>
        <translation>所有设计对 %2 的序列均占用 %1</translation>
    </message>
    <message>
        <source>such devices</source>
        <translation>此类设备</translation>
    </message>
    <message>
        <source>%1 does not fit on %2 at batch %3</source>
        <translation>批大小 %3 时，%1 放不进 %2</translation>
    </message>
    <message>
        <source>No design fits on %1 at batch %2</source>
        <translation>批大小 %2 时，没有设计能放进 %1</translation>
    </message>
    <message>
        <source>%1 fits on %2 up to %3</source>
        <translation>%1 在 %2 上最多容纳 %3</translation>
    </message>
    <message>
        <source>Every design fits on %1 up to %2</source>
        <translation>所有设计在 %1 上均可容纳到 %2</translation>
    </message>
    <message>
        <source>%1 fits up to %2, %3 not at all</source>
        <translation>%1 最多容纳 %2，%3 完全放不下</translation>
    </message>
    <message>
        <source>%1 fits up to %2, %3 up to %4</source>
        <translation>%1 最多容纳 %2，%3 最多 %4</translation>
    </message>
    <message>
        <source>memory of one %1: %2</source>
        <translation>单个 %1 的内存：%2</translation>
    </message>
    <message>
        <source>memory of %1 × %2: %3</source>
        <translation>%1 × %2 的内存：%3</translation>
    </message>
    <message>
        <source>Context length</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>KV cache of one sequence, %1</source>
        <translation>单序列键值缓存，%1</translation>
    </message>
    <message>
        <source>KV cache per sequence</source>
        <translation>每序列键值缓存</translation>
    </message>
    <message>
        <source>Weights (%1), KV cache (%2) and workspace of one replica at batch %3</source>
        <translation>单副本的权重（%1）、键值缓存（%2）与工作区，批大小 %3</translation>
    </message>
    <message>
        <source>Memory of one replica</source>
        <translation>单副本内存</translation>
    </message>
    <message>
        <source>Weights (%1), KV cache (%2) and workspace on the fullest of %3 at batch %4</source>
        <translation>%3 中占用最高设备的权重（%1）、键值缓存（%2）与工作区，批大小 %4</translation>
    </message>
    <message>
        <source>Memory per device</source>
        <translation>每设备内存</translation>
    </message>
    <message>
        <source>total</source>
        <translation>总量</translation>
    </message>
    <message>
        <source>active per token</source>
        <translation>每词元激活</translation>
    </message>
    <message>
        <source>%1 has %2 parameters and reads %3 of them per token</source>
        <translation>%1 有 %2 参数，每词元读取其中 %3</translation>
    </message>
    <message>
        <source>%1 has %2 parameters, all read for each token</source>
        <translation>%1 有 %2 参数，每词元全部读取</translation>
    </message>
    <message>
        <source>Trainable weights; active leaves out the input embedding, a lookup</source>
        <translation>可训练权重；激活参数不含查表式的输入嵌入</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Parameters by group: all, and those read for one token with the input embedding</source>
        <translation>按组划分的参数：全部，以及单词元读取的部分（含输入嵌入）</translation>
    </message>
    <message>
        <source>Design</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>Share of parameters</source>
        <translation>参数占比</translation>
    </message>
    <message>
        <source>prefill</source>
        <translation>预填充</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>Operators of one %1 step at batch %2 on %3, by estimate</source>
        <translation>单个%1步骤的算子（估算），批大小 %2，%3</translation>
    </message>
    <message>
        <source>Arithmetic intensity</source>
        <translation>算术强度</translation>
    </message>
    <message>
        <source>FLOP per byte</source>
        <translation>FLOP/字节</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>batch %1</source>
        <translation>批大小 %1</translation>
    </message>
    <message>
        <source>No design fits on %1 at %2</source>
        <translation>%2 时没有设计能放进 %1</translation>
    </message>
    <message>
        <source>%1 and %2 are within the estimate&apos;s error at %3</source>
        <translation>%3 时 %1 与 %2 的差距在估算误差之内</translation>
    </message>
    <message>
        <source>%1 generates %2 as many tokens per second as %3 at %4</source>
        <translation>%4 时 %1 每秒生成的词元数为 %3 的 %2</translation>
    </message>
    <message>
        <source>%1 answers each user %2 as fast as %3 at %4</source>
        <translation>%4 时 %1 对每个用户的速度为 %3 的 %2</translation>
    </message>
    <message>
        <source>%3 takes %2 as long per token as %1 at %4</source>
        <translation>%4 时 %3 的每词元时间为 %1 的 %2</translation>
    </message>
    <message>
        <source>%3 takes %2 as long to its first token as %1 at %4</source>
        <translation>%4 时 %3 的首词元时间为 %1 的 %2</translation>
    </message>
    <message>
        <source>Decode speed of all sequences</source>
        <translation>所有序列的解码速度</translation>
    </message>
    <message>
        <source>Decode speed of one sequence</source>
        <translation>单序列的解码速度</translation>
    </message>
    <message>
        <source>Time per output token</source>
        <translation>每输出词元时间</translation>
    </message>
    <message>
        <source>Time to the first token</source>
        <translation>首词元时间</translation>
    </message>
    <message>
        <source>prompts of %1</source>
        <translation>提示长度 %1</translation>
    </message>
    <message>
        <source>context %1</source>
        <translation>上下文 %1</translation>
    </message>
    <message>
        <source>constants fitted to measurements</source>
        <translation>常数由实测拟合</translation>
    </message>
    <message>
        <source>Batch (sequences at a time)</source>
        <translation>批大小（同时处理的序列数）</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Throughput per user</source>
        <translation>每用户吞吐量</translation>
    </message>
    <message>
        <source>Time per token</source>
        <translation>每词元时间</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首词元时间</translation>
    </message>
    <message>
        <source>Time of a step by kind of work</source>
        <translation>按运算种类划分的单步时间</translation>
    </message>
    <message>
        <source>%1, decode</source>
        <translation>%1，解码</translation>
    </message>
    <message>
        <source>%1, prefill</source>
        <translation>%1，预填充</translation>
    </message>
    <message>
        <source>Predictions miss decode by %1 and prefill by %2 on average</source>
        <translation>预测的平均误差：解码 %1，预填充 %2</translation>
    </message>
    <message>
        <source>Predicted / measured - 1 of %1 steps on %2; filled: decode, hollow: prefill</source>
        <translation>%2 上 %1 个步骤的“预测 ÷ 实测 − 1”；实心：解码，空心：预填充</translation>
    </message>
    <message>
        <source>Measured time of a step</source>
        <translation>实测的单步时间</translation>
    </message>
    <message>
        <source>Error of the prediction</source>
        <translation>预测误差</translation>
    </message>
    <message>
        <source>batch %1: a linear layer in decode</source>
        <translation>批大小 %1：解码中的线性层</translation>
    </message>
    <message>
        <source>typical constants, not measured: band up to the roofline</source>
        <translation>典型常数，非实测：色带延伸到 roofline</translation>
    </message>
    <message>
        <source>linear layers</source>
        <translation>线性层</translation>
    </message>
    <message>
        <source>element-wise</source>
        <translation>逐元素运算</translation>
    </message>
    <message>
        <source>Estimated time of one step by kind of work, batch %1, context %2, %3</source>
        <translation>单步时间估计，按运算种类划分，批大小 %1，上下文 %2，%3</translation>
    </message>
    <message>
        <source>Time of a step</source>
        <translation>单步时间</translation>
    </message>
    <message>
        <source>compute</source>
        <comment>what limits a step</comment>
        <translation>计算</translation>
    </message>
    <message>
        <source>memory bandwidth</source>
        <comment>what limits a step</comment>
        <translation>内存带宽</translation>
    </message>
    <message>
        <source>launch overhead</source>
        <comment>what limits a step</comment>
        <translation>启动开销</translation>
    </message>
    <message>
        <source>communication</source>
        <comment>what limits a step</comment>
        <translation>通信</translation>
    </message>
    <message>
        <source>%1 stores %2 the weights and %3 the cache of %4</source>
        <comment>%2 and %3 are ratios such as 2.9× and 0.37×</comment>
        <translation>%1 的权重为 %4 的 %2，缓存为其 %3</translation>
    </message>
    <message>
        <source>%1 fits up to %2</source>
        <comment>a design&apos;s letter, a number of tokens</comment>
        <translation>%1 最多容纳 %2</translation>
    </message>
    <message>
        <source>%1 keeps %2 per token than %3</source>
        <comment>%1 and %3: MLA or 4 KV heads; %2: 2.7× less</comment>
        <translation>%1 的每词元缓存较 %3 %2</translation>
    </message>
    <message>
        <source>%1 keeps %2 than %3 at %4</source>
        <comment>two designs; %2: 2.7× less; %4: a number of tokens</comment>
        <translation>%4 时，%1 的缓存较 %3 %2</translation>
    </message>
    <message>
        <source>room for %1 on %2 at batch %3: %4 per sequence</source>
        <comment>a design&apos;s letter, 8 × H200, a batch size, an amount of memory</comment>
        <translation>批大小 %3 时 %1 在 %2 上的余量：每序列 %4</translation>
    </message>
    <message>
        <source>if it had %1 (%2 has %3)</source>
        <comment>an amount of memory, a device, an amount of memory</comment>
        <translation>假设有 %1（%2 为 %3）</translation>
    </message>
    <message>
        <source>%1 of %2 sits in its %3</source>
        <comment>a percentage of a design is a group of parameters</comment>
        <translation>%2 的 %1 在其%3中</translation>
    </message>
    <message>
        <source>%1 has %2 parameters than %3</source>
        <comment>%2: 2.7× more</comment>
        <translation>%1 的参数量较 %3 %2</translation>
    </message>
    <message>
        <source>%1 spends %2 of its %3 on %4</source>
        <comment>a design, a percentage, prefill or decode, what limits it</comment>
        <translation>%1 的%3有 %2 用于%4</translation>
    </message>
    <message>
        <source>decode and one prefill</source>
        <comment>goes into: operators of one ... step</comment>
        <translation>解码步和预填充</translation>
    </message>
    <message>
        <source>%1: %2 at %3</source>
        <comment>a design, a speed or time, a batch or context</comment>
        <translation>%1：%3 时为 %2</translation>
    </message>
    <message>
        <source>Only %1 fits at %3: %2</source>
        <comment>a design, a speed or time, a batch or context</comment>
        <translation>%3 时仅 %1 可容纳：%2</translation>
    </message>
    <message>
        <source>memory full at %1</source>
        <comment>a batch or a number of tokens</comment>
        <translation>%1 时内存已满</translation>
    </message>
    <message>
        <source>%1 measured</source>
        <comment>a design&apos;s letter</comment>
        <translation>%1 实测</translation>
    </message>
    <message>
        <source>attention</source>
        <comment>a kind of work</comment>
        <translation>注意力</translation>
    </message>
    <message>
        <source>experts</source>
        <comment>a kind of work</comment>
        <translation>专家</translation>
    </message>
    <message>
        <source>communication</source>
        <comment>a kind of work</comment>
        <translation>通信</translation>
    </message>
    <message>
        <source>%1 spends %2 of a decode step on %3</source>
        <comment>a design, a percentage, a kind of work</comment>
        <translation>%1 的一个解码步有 %2 花在%3上</translation>
    </message>
    <message>
        <source>%1 spends %2 of a prefill on %3</source>
        <comment>a design, a percentage, a kind of work</comment>
        <translation>%1 的一次预填充有 %2 花在%3上</translation>
    </message>
    <message>
        <source>KV cache of a sequence, layer by layer</source>
        <translation>单序列键值缓存（逐层）</translation>
    </message>
    <message>
        <source>reads the cache of layer %1: %2</source>
        <comment>%2: bytes of a decode step</comment>
        <translation>读取第 %1 层的缓存：%2</translation>
    </message>
    <message>
        <source>latent</source>
        <comment>a layer&apos;s cache</comment>
        <translation>潜在向量</translation>
    </message>
    <message>
        <source>full attention</source>
        <translation>全注意力</translation>
    </message>
    <message>
        <source>%1; keeps %2 tokens</source>
        <comment>a layer&apos;s kind, a number of tokens</comment>
        <translation>%1；保留 %2 个词元</translation>
    </message>
    <message>
        <source>%1 of %2 layers of %3 hold %4 of its cache</source>
        <translation>%3 的 %2 层中有 %1 层占其缓存的 %4</translation>
    </message>
    <message>
        <source>Every layer keeps %1</source>
        <translation>每层保留 %1</translation>
    </message>
    <message>
        <source>A layer of %1 keeps %2 than one of %3</source>
        <comment>%2: 2.7× less</comment>
        <translation>%1 每层的缓存较 %3 %2</translation>
    </message>
    <message>
        <source>KV cache of one sequence of %1 in each layer, %2</source>
        <translation>长度为 %1 的单序列在各层的键值缓存，%2</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>KV cache of a layer</source>
        <translation>单层键值缓存</translation>
    </message>
    <message>
        <source>one entry for %1 tokens</source>
        <comment>a layer&apos;s cache</comment>
        <translation>每 %1 个词元一项</translation>
    </message>
    <message>
        <source>state of fixed size</source>
        <comment>a layer&apos;s cache</comment>
        <translation>大小固定的状态</translation>
    </message>
    <message>
        <source>keeps nothing</source>
        <comment>a layer&apos;s cache</comment>
        <translation>不保留任何内容</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>A billion is 10^9.</source>
        <translation>B 表示 10^9。</translation>
    </message>
    <message>
        <source>Absorbed: queries and results move through the latent space.</source>
        <translation>吸收形式：查询与结果都在潜空间中计算。</translation>
    </message>
    <message>
        <source>An encoder generates no tokens.</source>
        <translation>编码器不生成词元。</translation>
    </message>
    <message>
        <source>An encoder reads all tokens at once and keeps no cache.</source>
        <translation>编码器一次读入全部词元，不保留缓存。</translation>
    </message>
    <message>
        <source>Biases are left out of the estimate.</source>
        <translation>估算未计入偏置。</translation>
    </message>
    <message>
        <source>KV heads are split until one is left; a latent is replicated.</source>
        <translation>KV 头逐个切分，直到每卡只剩一个；潜在向量在各卡上复制。</translation>
    </message>
    <message>
        <source>Layers that share a cache read it again.</source>
        <translation>共享缓存的层会再次读取它。</translation>
    </message>
    <message>
        <source>Modules that predict further tokens; not in the total (DeepSeek-V3, arXiv:2412.19437, sec. 2.2).</source>
        <translation>预测后续词元的模块；不计入总数（DeepSeek-V3，arXiv:2412.19437，第 2.2 节）。</translation>
    </message>
    <message>
        <source>Norms, routers and MLA&apos;s down-projections are replicated on every device of a tensor-parallel group.</source>
        <translation>归一化、路由和 MLA 的降维投影在张量并行组的每个设备上各有一份。</translation>
    </message>
    <message>
        <source>Not trained, and not in the total.</source>
        <translation>不参与训练，也不计入总数。</translation>
    </message>
    <message>
        <source>One more token, while every layer still stores it.</source>
        <translation>再增加一个词元（各层都还存得下时）。</translation>
    </message>
    <message>
        <source>One prompt: attended pairs only, lm_head for the last token.</source>
        <translation>一段提示：只计实际关注的词元对，lm_head 只算最后一个词元。</translation>
    </message>
    <message>
        <source>One replica, nothing replicated.</source>
        <translation>一个副本，不计重复存放的部分。</translation>
    </message>
    <message>
        <source>One scale for each tensor or channel, below 0.1%, is left out.</source>
        <translation>每个张量或通道一个缩放系数，不到 0.1%，未计入。</translation>
    </message>
    <message>
        <source>One token of one sequence at the context.</source>
        <translation>在该上下文长度下，一条序列的一个词元。</translation>
    </message>
    <message>
        <source>Reads the cache of an earlier layer and keeps none.</source>
        <translation>读取更早一层的缓存，自身不保留。</translation>
    </message>
    <message>
        <source>Scores and weighted values: two products for each head and pair.</source>
        <translation>打分与加权求和：每个头、每对词元两次乘积。</translation>
    </message>
    <message>
        <source>Some lectures divide by 1024^3 and write B: 7% less than the number of billions.</source>
        <translation>有些讲义除以 1024^3 却写成 B：比十亿计数少 7%。</translation>
    </message>
    <message>
        <source>Tables besides the token embedding and the head.</source>
        <translation>词嵌入与输出头之外的表。</translation>
    </message>
    <message>
        <source>The bare roofline: no efficiency, no overhead.</source>
        <translation>纯 Roofline：不计效率与开销。</translation>
    </message>
    <message>
        <source>The estimate leaves biases out.</source>
        <translation>估算未计入偏置。</translation>
    </message>
    <message>
        <source>The estimate leaves them out.</source>
        <translation>估算未计入它们。</translation>
    </message>
    <message>
        <source>The estimate of lectures: four H x H matrices of attention, three of the feed-forward, two vocabulary matrices.</source>
        <translation>讲义中的估算：注意力四个 H x H 矩阵，前馈三个，词表两个。</translation>
    </message>
    <message>
        <source>The estimate takes three matrices; a plain feed-forward has two, and biases.</source>
        <translation>估算取三个矩阵；普通前馈只有两个，另有偏置。</translation>
    </message>
    <message>
        <source>The fullest device; it does not fit.</source>
        <translation>占用最多的设备；放不下。</translation>
    </message>
    <message>
        <source>The fullest device; it fits.</source>
        <translation>占用最多的设备；放得下。</translation>
    </message>
    <message>
        <source>The head is the embedding matrix, which is therefore read in full.</source>
        <translation>输出头就是嵌入矩阵，因此要完整读取。</translation>
    </message>
    <message>
        <source>The largest batch that fits at this context, found by search over the same function.</source>
        <translation>该上下文下放得下的最大批量，用同一函数搜索得到。</translation>
    </message>
    <message>
        <source>The longest context that fits at this batch, found likewise.</source>
        <translation>该批量下放得下的最长上下文，求法相同。</translation>
    </message>
    <message>
        <source>The other reading in use: the embedding matrix counted, too.</source>
        <translation>另一种口径：嵌入矩阵也计入。</translation>
    </message>
    <message>
        <source>The same.</source>
        <translation>相同。</translation>
    </message>
    <message>
        <source>The schoolbook estimate: two operations for each active weight and token, without attention&apos;s pairs.</source>
        <translation>教科书估算：每个激活权重、每个词元两次运算，不含注意力的词元对。</translation>
    </message>
    <message>
        <source>Tied embeddings: the head is the embedding matrix, counted once.</source>
        <translation>权重共享：输出头就是嵌入矩阵，只计一次。</translation>
    </message>
    <message>
        <source>Weights that one token is multiplied with: of the experts those that it is routed to; the input embedding is a lookup.</source>
        <translation>与一个词元相乘的权重：专家只计路由到的；输入嵌入是查表。</translation>
    </message>
    <message>
        <source>What a device has.</source>
        <translation>一个设备的内存。</translation>
    </message>
    <message>
        <source>What an eager framework executes: the whole square of pairs, lm_head at every position, every expert for every token.</source>
        <translation>即时执行框架实际的计算：全部词元对，每个位置的 lm_head，每个词元的所有专家。</translation>
    </message>
    <message>
        <source>What an eager framework executes: the whole square of pairs, lm_head at every position.</source>
        <translation>即时执行框架实际的计算：全部词元对，每个位置的 lm_head。</translation>
    </message>
    <message>
        <source>What must be in memory.</source>
        <translation>必须放在内存中的部分。</translation>
    </message>
    <message>
        <source>Without the per-layer embedding table, which need not be in fast memory.</source>
        <translation>不含逐层嵌入表，它不必放在高速内存中。</translation>
    </message>
    <message>
        <source>bf16. widest: numbers of the widest intermediate result of one token. Longer prompts are cut into chunks of 8192 tokens, as serving engines do.</source>
        <translation>bf16。最宽：一个词元最宽的中间结果的元素数。更长的提示按 8192 个词元分块，与推理引擎一致。</translation>
    </message>
    <message>
        <source>int4 takes 4.5 bits with the scale of every 32 numbers.</source>
        <translation>int4 每个数占 4.5 位，含每 32 个数一个缩放系数。</translation>
    </message>
    <message>
        <source>a device that ships with Headroom</source>
        <translation>Headroom 自带的设备</translation>
    </message>
    <message>
        <source>a count of 64 bits</source>
        <translation>64 位整数</translation>
    </message>
    <message>
        <source>counts of 64 bits</source>
        <translation>64 位整数</translation>
    </message>
    <message>
        <source>more than 2^63 - 1</source>
        <translation>大于 2^63 - 1 的数</translation>
    </message>
    <message>
        <source>an integer</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>a supported family</source>
        <translation>受支持的模型系列</translation>
    </message>
    <message>
        <source>no linear attention</source>
        <translation>没有线性注意力</translation>
    </message>
    <message>
        <source>no sparse-attention indexer</source>
        <translation>没有稀疏注意力索引器</translation>
    </message>
    <message>
        <source>no sparse attention</source>
        <translation>没有稀疏注意力</translation>
    </message>
    <message>
        <source>no state-space layers</source>
        <translation>没有状态空间层</translation>
    </message>
    <message>
        <source>text that is not JSON</source>
        <translation>不是 JSON 的文本</translation>
    </message>
    <message>
        <source>a config.json</source>
        <translation>config.json</translation>
    </message>
    <message>
        <source>the name of a model family</source>
        <translation>模型系列的名称</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>the layer</source>
        <translation>该层</translation>
    </message>
    <message>
        <source>one layer</source>
        <translation>一层</translation>
    </message>
    <message>
        <source>number of layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>all heads in full</source>
        <translation>所有头完整保留</translation>
    </message>
    <message>
        <source>all layers global</source>
        <translation>所有层为全局</translation>
    </message>
    <message>
        <source>norms, routers, others</source>
        <translation>归一化、路由及其他</translation>
    </message>
    <message>
        <source>total - schoolbook_estimate</source>
        <translation>总数 - 教科书估算</translation>
    </message>
    <message>
        <source>total / 10^9</source>
        <translation>总数 / 10^9</translation>
    </message>
    <message>
        <source>total / 1024^3</source>
        <translation>总数 / 1024^3</translation>
    </message>
    <message>
        <source>bytes per number</source>
        <translation>每数字节</translation>
    </message>
    <message>
        <source>tokens in flight</source>
        <translation>在途词元数</translation>
    </message>
    <message>
        <source>tokens of its chunk</source>
        <translation>所在块的词元数</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>computing</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>moving</source>
        <translation>访存</translation>
    </message>
    <message>
        <source>launching</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>work</source>
        <translation>工作</translation>
    </message>
    <message>
        <source>count</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元数</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>chunks</source>
        <translation>块数</translation>
    </message>
    <message>
        <source>rest</source>
        <translation>余数</translation>
    </message>
    <message>
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>widest</source>
        <translation>最宽</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>精确值</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>估算</translation>
    </message>
    <message>
        <source>bandwidth</source>
        <translation>带宽</translation>
    </message>
    <message>
        <source>launches</source>
        <translation>启动次数</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>logits</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>router</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>norms</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>per_layer_embedding</source>
        <translation>逐层嵌入</translation>
    </message>
    <message>
        <source>feed_forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>shared_experts</source>
        <translation>共享专家</translation>
    </message>
    <message>
        <source>vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>element_wise</source>
        <translation>逐元素</translation>
    </message>
    <message>
        <source>communication</source>
        <translation>通信</translation>
    </message>
    <message>
        <source>routing</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>ceiling</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>total</source>
        <translation>总数</translation>
    </message>
    <message>
        <source>buffers</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>effective</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>sequences</source>
        <translation>条序列</translation>
    </message>
    <message>
        <source>times</source>
        <translation>次</translation>
    </message>
    <message>
        <source>No error bar is known: nobody has measured this device; the truth lies between the ceiling below and, with less tuned software, beyond the estimate.</source>
        <translation>误差未知：没有人实测过该设备；真值在下面的上限与估算之间，软件未经调优时会超出估算。</translation>
    </message>
    <message>
        <source>A grouped product hides little of the shorter one behind the longer.</source>
        <translation>分组乘积几乎无法用较长的一项掩盖较短的一项。</translation>
    </message>
    <message>
        <source>The larger of the two, and a fifth more where they are equal: they overlap in part.</source>
        <translation>取两者中较大的，二者相等时再多五分之一：它们部分重叠。</translation>
    </message>
    <message>
        <source>every field that applies is the official one</source>
        <translation>适用的字段均与官方一致</translation>
    </message>
    <message>
        <source>no official configuration of this name</source>
        <translation>没有此名称的官方配置</translation>
    </message>
    <message>
        <source>the formula evaluates so</source>
        <translation>公式的计算结果如此</translation>
    </message>
    <message>
        <source>nothing is printed beside it</source>
        <translation>旁边没有印出数值</translation>
    </message>
    <message>
        <source>the printed figure is a decimal billion</source>
        <translation>印出的数值以 10^9 为单位</translation>
    </message>
    <message>
        <source>no printed figure is within 1 % in either unit</source>
        <translation>无论哪种单位，印出的数值都相差 1% 以上</translation>
    </message>
    <message>
        <source>no shipped configuration has a name that begins so, and no formula is given</source>
        <translation>没有以此开头的自带配置，也没有给出公式</translation>
    </message>
    <message>
        <source>no exception</source>
        <translation>没有例外</translation>
    </message>
    <message>
        <source>the cache falls to the share of heads that is kept, so by 75 to 87.5 %</source>
        <translation>缓存降至所保留的头的比例，即减少 75% 至 87.5%</translation>
    </message>
    <message>
        <source>weights and cache together fall by 30-50 % at no context up to 1M tokens (Llama-3-8B, bf16, batch 1), by less below and more above</source>
        <translation>在 1M 词元以内，权重与缓存合计都不会减少 30–50%（Llama-3-8B，bf16，批大小 1）</translation>
    </message>
    <message>
        <source>memory falls by 30-50 % at no context up to 1M tokens</source>
        <translation>在 1M 词元以内，内存都不会减少 30–50%</translation>
    </message>
    <message>
        <source>both shares grow with the context, from almost nothing to almost the whole ratio of the heads</source>
        <translation>两个比例都随上下文增长，从几乎为零到几乎等于头数之比</translation>
    </message>
    <message>
        <source>one pair of numbers fits one context (Llama-3-8B, bf16, batch 1, one H200, estimated)</source>
        <translation>一对数字只适合一个上下文长度（Llama-3-8B，bf16，批大小 1，一张 H200，估算）</translation>
    </message>
    <message>
        <source>the cache is exactly G/H of multi-head attention&apos;s</source>
        <translation>缓存恰为多头注意力的 G/H</translation>
    </message>
    <message>
        <source>H/G, as the slide prints it, is more than 1 and would make the cache grow</source>
        <translation>幻灯片上印的 H/G 大于 1，会使缓存变大</translation>
    </message>
    <message>
        <source>against its own heads far more</source>
        <translation>与自身全部的头相比则少得更多</translation>
    </message>
    <message>
        <source>a shipped configuration has sliding layers</source>
        <translation>有自带配置含滑动层</translation>
    </message>
    <message>
        <source>the field exists, but no shipped configuration switches it on: every layer attends to the whole context</source>
        <translation>该字段存在，但没有自带配置启用它：每一层都关注整个上下文</translation>
    </message>
    <message>
        <source>the weights fit 30 GB</source>
        <translation>权重放得进 30 GB</translation>
    </message>
    <message>
        <source>the weights alone exceed 30 GB in bf16, and sparse attention leaves weights and stored cache as they are</source>
        <translation>仅 bf16 的权重就超过 30 GB，而稀疏注意力不改变权重和所存的缓存</translation>
    </message>
    <message>
        <source>times depend on hardware that the claim does not name</source>
        <translation>时间取决于该说法没有指明的硬件</translation>
    </message>
    <message>
        <source>dual chunk attention changes the positions that a pair is given, not which pairs there are, so its cost stays quadratic</source>
        <translation>双块注意力改变的是词元对所用的位置，而不是有哪些词元对，因此代价仍是平方级</translation>
    </message>
    <message>
        <source>sparse attention on top changes that</source>
        <translation>再加上稀疏注意力才会改变这一点</translation>
    </message>
    <message>
        <source>the growth holds</source>
        <translation>增长属实</translation>
    </message>
    <message>
        <source>4x is the rule of feed-forwards with two matrices</source>
        <translation>两个矩阵的前馈惯用 4 倍</translation>
    </message>
    <message>
        <source>a gated one has three, and 8/3 keeps the same number of parameters</source>
        <translation>门控前馈有三个矩阵，8/3 倍时参数量不变</translation>
    </message>
    <message>
        <source>37 B is the reading without the input embedding, which is a lookup</source>
        <translation>37 B 是不计输入嵌入的读法，因为嵌入只是查表</translation>
    </message>
    <message>
        <source>the multi-token-prediction module is in neither figure</source>
        <translation>两个数字都不含多词元预测模块</translation>
    </message>
    <message>
        <source>a shipped configuration routes to two experts</source>
        <translation>有自带配置路由到两个专家</translation>
    </message>
    <message>
        <source>num_experts_per_tok of every shipped configuration is another</source>
        <translation>所有自带配置的 num_experts_per_tok 都不是 2</translation>
    </message>
    <message>
        <source>a shipped configuration has all of it</source>
        <translation>有自带配置全部符合</translation>
    </message>
    <message>
        <source>no shipped configuration has 16 routed experts, two of them active, and alternating layers at once: the claim mixes two models</source>
        <translation>没有自带配置同时具备 16 个路由专家、其中激活两个、且层交替：该说法混淆了两个模型</translation>
    </message>
    <message>
        <source>the products with weights grow with d^2</source>
        <translation>与权重的乘积随 d^2 增长</translation>
    </message>
    <message>
        <source>scores against the cache grow with d, so a long context grows less</source>
        <translation>对缓存的打分随 d 增长，因此长上下文增长较少</translation>
    </message>
    <message>
        <source>whether depth pays more is a matter of loss, which no count decides</source>
        <translation>加深是否更划算取决于损失，计数无法判定</translation>
    </message>
    <message>
        <source>an order of work is advice about training</source>
        <translation>调参的先后是训练建议</translation>
    </message>
    <message>
        <source>sizes say what a step costs, not which one to take first</source>
        <translation>规模只说明每一步的代价，不说明先走哪一步</translation>
    </message>
    <message>
        <source>the program has no evaluator for a claim of this id</source>
        <translation>程序没有为此 id 的说法准备算法</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>有共享专家</translation>
    </message>
    <message>
        <source>none shared</source>
        <translation>没有共享专家</translation>
    </message>
    <message>
        <source>A single head&apos;s dimension should lie between 64 and 128.</source>
        <translation>单个头的维度应在 64 到 128 之间。</translation>
    </message>
    <message>
        <source>KV heads are usually 1/4 to 1/8 of the query heads; memory need falls by 30-50%.</source>
        <translation>KV 头数通常为查询头数的 1/4 到 1/8；内存需求降低 30–50%。</translation>
    </message>
    <message>
        <source>Doubling the layers (32 to 64) raises parameters and compute markedly; about 1.4T training tokens are then needed.</source>
        <translation>层数加倍（32 到 64）会显著增加参数量和计算量；这时约需 1.4T 训练词元。</translation>
    </message>
    <message>
        <source>intermediate_size is usually 4x hidden_size; Llama-2 uses 11008 for 4096, Llama/Mistral 3.5x, Qwen2.5-3B 5.375x, DeepSeek 2.6875x.</source>
        <translation>intermediate_size 通常为 hidden_size 的 4 倍；Llama-2 为 4096 配 11008，Llama/Mistral 为 3.5 倍，Qwen2.5-3B 为 5.375 倍，DeepSeek 为 2.6875 倍。</translation>
    </message>
    <message>
        <source>MLA&apos;s low-rank compression cuts the KV cache by 70%.</source>
        <translation>MLA 的低秩压缩使 KV 缓存减少 70%。</translation>
    </message>
    <message>
        <source>Sliding-window attention with local:global = 5:1 cuts KV memory by 80-90% and raises long-text throughput 3-5x.</source>
        <translation>局部与全局之比为 5:1 的滑动窗口注意力使 KV 内存减少 80–90%，长文本吞吐量提高到 3–5 倍。</translation>
    </message>
    <message>
        <source>DeepSeek-V3: 671B parameters, 1 shared + 8 routed experts per token, 37B active.</source>
        <translation>DeepSeek-V3：671B 参数，每词元 1 个共享专家 + 8 个路由专家，激活 37B。</translation>
    </message>
    <message>
        <source>With H heads in G groups the KV cache falls to G/H of multi-head attention (the slide prints H/G).</source>
        <translation>H 个头分为 G 组时，KV 缓存降为多头注意力的 G/H（幻灯片上印的是 H/G）。</translation>
    </message>
    <message>
        <source>Qwen3 MoE supports sliding-window context with a 4096-token window.</source>
        <translation>Qwen3 MoE 支持窗口为 4096 个词元的滑动窗口上下文。</translation>
    </message>
    <message>
        <source>In Qwen3&apos;s MoE the router selects k = 2 experts.</source>
        <translation>Qwen3 的 MoE 中，路由器选择 k = 2 个专家。</translation>
    </message>
    <message>
        <source>Sparse attention takes 45 s and 30 GB where dense attention takes 120 s and 80 GB, and reaches 256K instead of 32K tokens.</source>
        <translation>稠密注意力需要 120 s 和 80 GB 时，稀疏注意力只需 45 s 和 30 GB，并达到 256K 而不是 32K 词元。</translation>
    </message>
    <message>
        <source>Dual chunk attention brings O(n^2) down to O(n log n).</source>
        <translation>双块注意力把 O(n^2) 降为 O(n log n)。</translation>
    </message>
    <message>
        <source>Llama 4: 16 + 1 shared experts, 2 + 1 active; dense and MoE layers alternate.</source>
        <translation>Llama 4：16 + 1 个共享专家，激活 2 + 1 个；稠密层与 MoE 层交替。</translation>
    </message>
    <message>
        <source>GQA lowers memory use by about 30-50% and raises inference speed by about 20-40%.</source>
        <translation>GQA 使内存占用降低约 30–50%，推理速度提高约 20–40%。</translation>
    </message>
    <message>
        <source>With a fixed budget, adding layers pays more than adding width; attention and FFN FLOPs per layer grow with d^2.</source>
        <translation>预算固定时，增加层数比增加宽度更划算；每层注意力和前馈的 FLOPs 随 d^2 增长。</translation>
    </message>
    <message>
        <source>Tune in this order: layers, heads, hidden size, initialisation, regularisation.</source>
        <translation>调参的先后：层数、头数、隐藏维度、初始化、正则化。</translation>
    </message>
    <message>
        <source>Estimate, no GQA</source>
        <translation>估算，无 GQA</translation>
    </message>
    <message>
        <source>Mistral 7B, MHA estimate</source>
        <translation>Mistral 7B，按 MHA 估算</translation>
    </message>
    <message>
        <source>Mistral 7B, with GQA</source>
        <translation>Mistral 7B，采用 GQA</translation>
    </message>
    <message>
        <source>found no shipped configuration of this name</source>
        <translation>没有此名称的自带配置</translation>
    </message>
    <message>
        <source>found no device profile of this name</source>
        <translation>没有此名称的设备</translation>
    </message>
    <message>
        <source>a list of numbers</source>
        <translation>数的列表</translation>
    </message>
    <message>
        <source>a list of integers</source>
        <translation>整数列表</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>文本列表</translation>
    </message>
    <message>
        <source>one of them</source>
        <translation>其中之一</translation>
    </message>
    <message>
        <source>one with rows, examples or claims</source>
        <translation>含 rows、examples 或 claims 的对象</translation>
    </message>
    <message>
        <source>none of rows, examples and claims</source>
        <translation>rows、examples、claims 都没有</translation>
    </message>
    <message>
        <source>rope_theta above 0 and partial_rotary_factor in (0, 1]</source>
        <translation>rope_theta 大于 0，partial_rotary_factor 在 (0, 1] 之内</translation>
    </message>
    <message>
        <source>a base or rotary share outside its range</source>
        <translation>超出范围的基数或旋转比例</translation>
    </message>
    <message>
        <source>attention in every layer</source>
        <translation>每层都有注意力</translation>
    </message>
    <message>
        <source>layers of one kind: each with attention and feed-forward</source>
        <translation>各层同构：每层都有注意力和前馈</translation>
    </message>
    <message>
        <source>one num_key_value_heads for all layers</source>
        <translation>所有层共用一个 num_key_value_heads</translation>
    </message>
    <message>
        <source>no cross-attention</source>
        <translation>无交叉注意力</translation>
    </message>
    <message>
        <source>no pruned heads</source>
        <translation>无剪去的头</translation>
    </message>
    <message>
        <source>false: encoder and decoder in one are not supported</source>
        <translation>false（不支持编码器与解码器合一）</translation>
    </message>
    <message>
        <source>false: cross-attention is not supported</source>
        <translation>false（不支持交叉注意力）</translation>
    </message>
    <message>
        <source>false: decoder use of an encoder is not supported</source>
        <translation>false（不支持把编码器用作解码器）</translation>
    </message>
    <message>
        <source>null: clipped projections are not supported</source>
        <translation>null（不支持截断的投影）</translation>
    </message>
    <message>
        <source>one integer, or one for each layer</source>
        <translation>一个整数，或每层一个</translation>
    </message>
    <message>
        <source>null or at least one layer</source>
        <translation>null 或至少一层</translation>
    </message>
    <message>
        <source>a number, zero or above</source>
        <translation>不小于零的数</translation>
    </message>
    <message>
        <source>an object or null</source>
        <translation>对象或 null</translation>
    </message>
    <message>
        <source>a positive integer</source>
        <translation>正整数</translation>
    </message>
    <message>
        <source>a positive number</source>
        <translation>正数</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>an even number: RoPE turns pairs</source>
        <translation>偶数（RoPE 成对旋转）</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>零</translation>
    </message>
    <message>
        <source>an unknown field</source>
        <translation>未知字段</translation>
    </message>
    <message>
        <source>a field of config.json</source>
        <translation>config.json 的字段</translation>
    </message>
    <message>
        <source>no readable file</source>
        <translation>无法读取的文件</translation>
    </message>
    <message>
        <source>a table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>no JSON object</source>
        <translation>非 JSON 对象</translation>
    </message>
    <message>
        <source>no object</source>
        <translation>非对象</translation>
    </message>
    <message>
        <source>no list</source>
        <translation>非列表</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>非文本</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>the model&apos;s name</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>the example&apos;s name</source>
        <translation>示例名称</translation>
    </message>
    <message>
        <source>a key that is no configuration field</source>
        <translation>不是配置字段的键</translation>
    </message>
    <message>
        <source>a Hugging Face name, claimed_total or claimed_active</source>
        <translation>Hugging Face 字段名、claimed_total 或 claimed_active</translation>
    </message>
    <message>
        <source>V, H, L or M with its field given</source>
        <translation>V、H、L 或 M，并给出相应字段</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>结尾</translation>
    </message>
    <message>
        <source>an operator</source>
        <translation>运算符</translation>
    </message>
    <message>
        <source>a number, a name or &quot;(&quot;</source>
        <translation>数、名称或 &quot;(&quot;</translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>Between the items of a list in a sentence.</extracomment>
        <translation>，</translation>
    </message>
    <message>
        <source>; </source>
        <extracomment>Between the clauses of a sentence.</extracomment>
        <translation>；</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>a share</source>
        <translation>一个比例</translation>
    </message>
    <message>
        <source>none: qk_rope_head_dim says what turns</source>
        <translation>不设：旋转的维数由 qk_rope_head_dim 给出</translation>
    </message>
    <message>
        <source>a comparison with &lt;=, &gt;=, &lt;, &gt; or ==</source>
        <translation>用 &lt;=、&gt;=、&lt;、&gt; 或 == 的比较</translation>
    </message>
    <message>
        <source>a number, or L for each layer that slides and one G: LLLG</source>
        <translation>一个数，或每个滑动层写 L、末尾一个 G：LLLG</translation>
    </message>
    <message>
        <source>no shipped configuration has this name or shares its family, and the row does not give hidden_size, num_hidden_layers, num_attention_heads and vocab_size</source>
        <translation>没有随附配置叫这个名字或属于同一系列，且该行没有给出 hidden_size、num_hidden_layers、num_attention_heads 和 vocab_size</translation>
    </message>
    <message>
        <source>read as a plain decoder</source>
        <translation>按普通解码器读取</translation>
    </message>
    <message>
        <source>the printed figure counts in powers of ten</source>
        <translation>印出的数按十的幂计</translation>
    </message>
    <message>
        <source>the program&apos;s evaluator of this id judges another sentence</source>
        <translation>程序对此 id 的评判针对的是另一句话</translation>
    </message>
    <message>
        <source>The estimate takes three matrices; a plain feed-forward has two.</source>
        <translation>估算取三个矩阵；普通前馈只有两个。</translation>
    </message>
    <message>
        <source>was cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>expected a regular file</source>
        <translation>应为普通文件</translation>
    </message>
    <message>
        <source>expected an object with dtype, shape and data_offsets</source>
        <translation>应为含 dtype、shape 和 data_offsets 的对象</translation>
    </message>
    <message>
        <source>expected shape to be a list of sizes</source>
        <translation>shape 应为尺寸列表</translation>
    </message>
    <message>
        <source>found a size in shape that is no whole number of at least 0</source>
        <translation>shape 中有一项不是非负整数</translation>
    </message>
    <message>
        <source>expected data_offsets to be [begin, end]</source>
        <translation>data_offsets 应为 [起点, 终点]</translation>
    </message>
    <message>
        <source>found no JSON object</source>
        <translation>不是 JSON 对象</translation>
    </message>
    <message>
        <source>found twice in the header, expected once</source>
        <translation>在文件头中出现两次，应为一次</translation>
    </message>
    <message>
        <source>found a tensor that this configuration does not have</source>
        <translation>这个张量不属于该配置</translation>
    </message>
    <message>
        <source>expected the name of a file</source>
        <translation>应为文件名</translation>
    </message>
    <message>
        <source>found in two files, expected in one</source>
        <translation>出现在两个文件中，应在一个中</translation>
    </message>
    <message>
        <source>lists no file</source>
        <translation>没有列出文件</translation>
    </message>
    <message>
        <source>what is printed holds no figure</source>
        <translation>印出的内容里没有数字</translation>
    </message>
    <message>
        <source>1.25 * 1024^3 (down from 2 * 1024^3 without GQA)</source>
        <translation>1.25 * 1024^3（无 GQA 时为 2 * 1024^3）</translation>
    </message>
    <message>
        <source>3.16 * 1024^3, counting the output matrix</source>
        <translation>3.16 * 1024^3，计入输出矩阵</translation>
    </message>
    <message>
        <source>7.5 (in units of 1024^3) = 8.05e9? the note converts 7.5*1024^3/1e9 = 8.053</source>
        <translation>7.5（以 1024^3 为单位）= 8.05e9？讲义的换算是 7.5*1024^3/1e9 = 8.053</translation>
    </message>
    <message>
        <source>a divisor of {what} {value}; nearest: {nearest}</source>
        <translation>{what} {value} 的约数；最接近：{nearest}</translation>
    </message>
    <message>
        <source>the number of devices (tensor x pipeline)</source>
        <translation>设备数（张量 x 流水线）</translation>
    </message>
    <message>
        <source>the devices of one pipeline stage,</source>
        <translation>一个流水线阶段的设备数</translation>
    </message>
    <message>
        <source>the shared experts&apos; width</source>
        <translation>共享专家宽度</translation>
    </message>
    <message>
        <source>at most {layers} layers</source>
        <translation>至多 {layers} 层</translation>
    </message>
    <message>
        <source>at most the devices of one pipeline stage, {devices}</source>
        <translation>至多为一个流水线阶段的设备数 {devices}</translation>
    </message>
    <message>
        <source>a multiple or a divisor of {field} {value}</source>
        <translation>{field} {value} 的倍数或约数</translation>
    </message>
    <message>
        <source>at least one projection</source>
        <translation>至少一个投影</translation>
    </message>
    <message>
        <source>of {names}</source>
        <translation>以下之一：{names}</translation>
    </message>
    <message>
        <source>{least} to {most} tokens</source>
        <translation>{least} 到 {most} 个词元</translation>
    </message>
    <message>
        <source>{least} to {most} sequences</source>
        <translation>{least} 到 {most} 条序列</translation>
    </message>
    <message>
        <source>{least} to {most} devices</source>
        <translation>{least} 到 {most} 个设备</translation>
    </message>
    <message>
        <source>The workload has {tokens} tokens; the design has {positions} learned positions and cannot go beyond them.</source>
        <translation>工作负载有 {tokens} 个词元，而设计只有 {positions} 个学习得到的位置，不能超出。</translation>
    </message>
    <message>
        <source>found {found}, expected {expected}</source>
        <translation>现为 {found}，应为 {expected}</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>空缺</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>a list of {count}</source>
        <translation>{count} 项的列表</translation>
    </message>
    <message>
        <source>{count} entries</source>
        <translation>{count} 项</translation>
    </message>
    <message>
        <source>an integer from {least} to {most}</source>
        <translation>{least} 到 {most} 的整数</translation>
    </message>
    <message>
        <source>an integer from {least}</source>
        <translation>不小于 {least} 的整数</translation>
    </message>
    <message>
        <source>a number from {least} to {most}</source>
        <translation>{least} 到 {most} 之间的数</translation>
    </message>
    <message>
        <source>a number from {least}</source>
        <translation>不小于 {least} 的数</translation>
    </message>
    <message>
        <source>a number of at least {least}</source>
        <translation>不小于 {least} 的数</translation>
    </message>
    <message>
        <source>a number or a text</source>
        <translation>数或文本</translation>
    </message>
    <message>
        <source>null or {other}</source>
        <translation>null 或 {other}</translation>
    </message>
    <message>
        <source>{first} or {second}</source>
        <translation>{first} 或 {second}</translation>
    </message>
    <message>
        <source>one of {names}</source>
        <translation>以下之一：{names}</translation>
    </message>
    <message>
        <source>{least} to {most}</source>
        <translation>{least} 至 {most}</translation>
    </message>
    <message>
        <source>at least {least}</source>
        <translation>至少 {least}</translation>
    </message>
    <message>
        <source>at most {most}</source>
        <translation>不超过 {most}</translation>
    </message>
    <message>
        <source>at most {field} {most}</source>
        <translation>不超过 {field} {most}</translation>
    </message>
    <message>
        <source>at least one</source>
        <translation>至少一个</translation>
    </message>
    <message>
        <source>a divisor of {field} {value}</source>
        <translation>{field} {value} 的约数</translation>
    </message>
    <message>
        <source>found an expression longer than {most} characters</source>
        <translation>表达式超过 {most} 个字符</translation>
    </message>
    <message>
        <source>found {found} at column {column} of &quot;{text}&quot;, expected {expected}</source>
        <translation>在“{text}”的第 {column} 列得到 {found}，应为 {expected}</translation>
    </message>
    <message>
        <source>{units} or {last} after a number</source>
        <translation>数后面是 {units} 或 {last}</translation>
    </message>
    <message>
        <source>more than {most} MB</source>
        <translation>超过 {most} MB</translation>
    </message>
    <message>
        <source>{count} B</source>
        <translation>{count} B</translation>
    </message>
    <message>
        <source>{decimal} = {binary} * 1024^3</source>
        <translation>{decimal} = {binary} * 1024^3</translation>
    </message>
    <message>
        <source>{share} % below</source>
        <translation>低 {share}%</translation>
    </message>
    <message>
        <source>{share} % above</source>
        <translation>高 {share}%</translation>
    </message>
    <message>
        <source>{share} % at {context}</source>
        <translation>{context} 时 {share}%</translation>
    </message>
    <message>
        <source>{field} = {value}</source>
        <translation>{field} = {value}</translation>
    </message>
    <message>
        <source>{name} {figure}</source>
        <translation>{name} {figure}</translation>
    </message>
    <message>
        <source>{field} {printed} (official {official})</source>
        <translation>{field} {printed}（官方 {official}）</translation>
    </message>
    <message>
        <source>total {figure}</source>
        <translation>总计 {figure}</translation>
    </message>
    <message>
        <source>total {figure} ({units})</source>
        <translation>总计 {figure}（{units}）</translation>
    </message>
    <message>
        <source>active {figure}</source>
        <translation>激活 {figure}</translation>
    </message>
    <message>
        <source>attention {figure}</source>
        <translation>注意力 {figure}</translation>
    </message>
    <message>
        <source>the row&apos;s fields give {total}</source>
        <translation>该行各字段得出 {total}</translation>
    </message>
    <message>
        <source>the row&apos;s fields give {total}, {off} the printed {printed}</source>
        <translation>该行各字段得出 {total}，比印出的 {printed} {off}</translation>
    </message>
    <message>
        <source>the row&apos;s fields give {total}, and {active} active ({with_embedding} with the input embedding), {active_off} the printed {active_printed}</source>
        <translation>该行各字段得出 {total}；激活 {active}（计入输入嵌入为 {with_embedding}），比印出的 {active_printed} {active_off}</translation>
    </message>
    <message>
        <source>the row&apos;s fields give {total}, {off} the printed {printed}, and {active} active ({with_embedding} with the input embedding), {active_off} the printed {active_printed}</source>
        <translation>该行各字段得出 {total}，比印出的 {printed} {off}；激活 {active}（计入输入嵌入为 {with_embedding}），比印出的 {active_printed} {active_off}</translation>
    </message>
    <message>
        <source>the row&apos;s fields, read with {reading}, give {total}</source>
        <translation>该行各字段（按 {reading} 解读）得出 {total}</translation>
    </message>
    <message>
        <source>the row&apos;s fields, read with {reading}, give {total}, {off} the printed {printed}</source>
        <translation>该行各字段（按 {reading} 解读）得出 {total}，比印出的 {printed} {off}</translation>
    </message>
    <message>
        <source>the row&apos;s fields, read with {reading}, give {total}, and {active} active ({with_embedding} with the input embedding), {active_off} the printed {active_printed}</source>
        <translation>该行各字段（按 {reading} 解读）得出 {total}；激活 {active}（计入输入嵌入为 {with_embedding}），比印出的 {active_printed} {active_off}</translation>
    </message>
    <message>
        <source>the row&apos;s fields, read with {reading}, give {total}, {off} the printed {printed}, and {active} active ({with_embedding} with the input embedding), {active_off} the printed {active_printed}</source>
        <translation>该行各字段（按 {reading} 解读）得出 {total}，比印出的 {printed} {off}；激活 {active}（计入输入嵌入为 {with_embedding}），比印出的 {active_printed} {active_off}</translation>
    </message>
    <message>
        <source>more than {share} % off in every reading</source>
        <translation>任何读法下偏差都超过 {share}%</translation>
    </message>
    <message>
        <source>the fields are no design: {error}</source>
        <translation>这些字段不构成一个设计：{error}</translation>
    </message>
    <message>
        <source>printed against official: {fields}</source>
        <translation>印出值与官方值不同：{fields}</translation>
    </message>
    <message>
        <source>head_dim is no field of latent attention: a query and key have {nope} + {rope} numbers per head, a value {value}</source>
        <translation>潜在注意力没有 head_dim 字段：每个头的查询和键各有 {nope} + {rope} 个数，值有 {value} 个</translation>
    </message>
    <message>
        <source>{field} does not apply to {family}</source>
        <translation>{field} 不适用于 {family}</translation>
    </message>
    <message>
        <source>read on the structure of {design}</source>
        <translation>按 {design} 的结构解读</translation>
    </message>
    <message>
        <source>implied {total}</source>
        <translation>推算 {total}</translation>
    </message>
    <message>
        <source>official {total}</source>
        <translation>官方 {total}</translation>
    </message>
    <message>
        <source>{formula} = {printed}</source>
        <translation>{formula} = {printed}</translation>
    </message>
    <message>
        <source>official {design} {count}</source>
        <translation>官方 {design}：{count}</translation>
    </message>
    <message>
        <source>the printed {figure} counts in powers of 1024</source>
        <translation>印出的 {figure} 按 1024 的幂计</translation>
    </message>
    <message>
        <source>in powers of ten it is {figure}</source>
        <translation>按十的幂计为 {figure}</translation>
    </message>
    <message>
        <source>the printed {figure} counts in units of 1024^3, which is no billion</source>
        <translation>印出的 {figure} 以 1024^3 为单位，不是十亿</translation>
    </message>
    <message>
        <source>the decimal billions are the printed {figure}</source>
        <translation>以 10^9 为单位的是印出的 {figure}</translation>
    </message>
    <message>
        <source>in decimal billions it is {figure}</source>
        <translation>以 10^9 为单位是 {figure}</translation>
    </message>
    <message>
        <source>{figure}: as printed</source>
        <translation>{figure}：与印出值一致</translation>
    </message>
    <message>
        <source>{figure}: as printed, in units of 1024^3</source>
        <translation>{figure}：与印出值一致（以 1024^3 为单位）</translation>
    </message>
    <message>
        <source>{figure}: the printed {printed} counts in units of 1024^3, as a decimal billion it is {share} % off</source>
        <translation>{figure}：印出的 {printed} 以 1024^3 为单位，若以 10^9 为单位则偏差 {share}%</translation>
    </message>
    <message>
        <source>{figure}, {share} % off the printed {printed} B</source>
        <translation>{figure}，与印出的 {printed} B 相差 {share}%</translation>
    </message>
    <message>
        <source>{figure} with tie_word_embeddings {tied}, as printed</source>
        <translation>tie_word_embeddings 为 {tied} 时 {figure}，与印出值一致</translation>
    </message>
    <message>
        <source>the official configuration has it the other way, {figure}</source>
        <translation>官方配置与此相反，为 {figure}</translation>
    </message>
    <message>
        <source>{inside} of {all} shipped designs lie between 64 and 128</source>
        <translation>{all} 个自带设计中有 {inside} 个在 64 与 128 之间</translation>
    </message>
    <message>
        <source>a habit with exceptions, in which head_dim is chosen apart from hidden_size: {designs}</source>
        <translation>这是有例外的惯例，例外中 head_dim 的选取与 hidden_size 无关：{designs}</translation>
    </message>
    <message>
        <source>{inside} of {all} designs with grouped queries keep 1/4 to 1/8 of the heads</source>
        <translation>{all} 个采用分组查询的设计中有 {inside} 个保留 1/4 至 1/8 的头</translation>
    </message>
    <message>
        <source>outside: {designs}</source>
        <translation>此外的：{designs}</translation>
    </message>
    <message>
        <source>weights and cache together fall by 30-50 % at contexts from about {first} to {last} tokens (Llama-3-8B, bf16, batch 1), by less below and more above</source>
        <translation>上下文约 {first} 至 {last} 个词元时，权重与缓存合计减少 30–50%（Llama-3-8B，bf16，批大小 1），更短时较少，更长时较多</translation>
    </message>
    <message>
        <source>decode speed gained over multi-head attention: {gains} tokens</source>
        <translation>与多头注意力相比，不同词元数的上下文下解码提速：{gains}</translation>
    </message>
    <message>
        <source>memory falls by 30-50 % at contexts from about {first} to {last} tokens</source>
        <translation>上下文约 {first} 至 {last} 个词元时，内存减少 30–50%</translation>
    </message>
    <message>
        <source>{design} {kept} of {full} B ({heads})</source>
        <translation>{design} 为 {full} B 中的 {kept} B（{heads}）</translation>
    </message>
    <message>
        <source>{bytes} B per token</source>
        <translation>每词元 {bytes} B</translation>
    </message>
    <message>
        <source>the same heads cached in full {bytes} B ({times}x, {share} % less)</source>
        <translation>同样的头全部缓存需 {bytes} B（{times} 倍，少存 {share}%）</translation>
    </message>
    <message>
        <source>a share needs a baseline: against grouped queries with {heads} KV heads of {width} the latent keeps {share} % less</source>
        <translation>比例要有基准：与 {heads} 个 {width} 维 KV 头的分组查询相比，潜在向量少存 {share}%</translation>
    </message>
    <message>
        <source>less cache than with all layers global: {savings} tokens</source>
        <translation>与所有层都是全局层相比，不同词元数的上下文下节省的缓存：{savings}</translation>
    </message>
    <message>
        <source>the cache saves nothing up to the window of {window} tokens, and never 80 % up to 131072</source>
        <translation>上下文不超过 {window} 个词元的窗口时缓存毫无节省，直到 131,072 个词元也未达到 80%</translation>
    </message>
    <message>
        <source>the cache saves nothing up to the window of {window} tokens, and 80 % from about {first} tokens on</source>
        <translation>上下文不超过 {window} 个词元的窗口时缓存毫无节省，约从 {first} 个词元起节省 80%</translation>
    </message>
    <message>
        <source>a decode step at 131072 tokens is estimated {times}x as fast (batch 1, one H200): the weights are read in any case</source>
        <translation>131,072 个词元时，解码一步的速度估计为 {times} 倍（批大小 1，一张 H200）：权重无论如何都要读取</translation>
    </message>
    <message>
        <source>{design}: use_sliding_window {used}</source>
        <translation>{design}：use_sliding_window 为 {used}</translation>
    </message>
    <message>
        <source>{sliding} of {layers} layers slide</source>
        <translation>{layers} 层中 {sliding} 层滑动</translation>
    </message>
    <message>
        <source>weights {weights} GB, cache {cache} GB at 262144 tokens in bf16</source>
        <translation>bf16 下权重 {weights} GB，262,144 个词元的缓存 {cache} GB</translation>
    </message>
    <message>
        <source>{share} % of a dense prefill of that length is attention</source>
        <translation>这一长度的稠密预填充有 {share}% 用于注意力</translation>
    </message>
    <message>
        <source>dense attention is not limited to 32K: max_position_embeddings is {positions}</source>
        <translation>稠密注意力并不限于 32K：max_position_embeddings 为 {positions}</translation>
    </message>
    <message>
        <source>twice the tokens (131072 to 262144) attend to {times}x the pairs</source>
        <translation>词元数加倍（131,072 到 262,144）时，注意力的词元对为 {times} 倍</translation>
    </message>
    <message>
        <source>n log n would be {times}x</source>
        <translation>若为 n log n，则应为 {times} 倍</translation>
    </message>
    <message>
        <source>Llama-3-8B, 32 to 64 layers: parameters {parameters}x, decode FLOPs {flops}x</source>
        <translation>Llama-3-8B 从 32 层到 64 层：参数量 {parameters} 倍，解码 FLOPs {flops} 倍</translation>
    </message>
    <message>
        <source>20 tokens per parameter are {tokens} T tokens</source>
        <translation>每个参数 20 个词元即 {tokens} T 词元</translation>
    </message>
    <message>
        <source>1.4 T tokens are 20 per parameter (Hoffmann et al. 2022) for a model of {parameters} B parameters, whatever its depth</source>
        <translation>1.4 T 词元是 {parameters} B 参数的模型按每个参数 20 个词元（Hoffmann 等，2022）的量，与深度无关</translation>
    </message>
    <message>
        <source>{design} {times}x</source>
        <translation>{design} {times} 倍</translation>
    </message>
    <message>
        <source>exactly 4x: {plain_4x} of {plain} with two matrices, {gated_4x} of {gated} with three</source>
        <translation>恰为 4 倍：两个矩阵的 {plain} 个中有 {plain_4x} 个，三个矩阵的 {gated} 个中有 {gated_4x} 个</translation>
    </message>
    <message>
        <source>{total} total</source>
        <translation>总计 {total}</translation>
    </message>
    <message>
        <source>{active} active, {with_embedding} with the input embedding</source>
        <translation>激活 {active}，计入输入嵌入为 {with_embedding}</translation>
    </message>
    <message>
        <source>{shared} shared + {routed} of {experts} routed</source>
        <translation>{shared} 个共享专家 + {experts} 个路由专家选 {routed}</translation>
    </message>
    <message>
        <source>{design}: {routed} of {experts}</source>
        <translation>{design}：{experts} 选 {routed}</translation>
    </message>
    <message>
        <source>{design}: no experts</source>
        <translation>{design}：没有专家</translation>
    </message>
    <message>
        <source>{design}: {experts} routed</source>
        <translation>{design}：{experts} 个路由专家</translation>
    </message>
    <message>
        <source>top-{k}</source>
        <translation>top-{k}</translation>
    </message>
    <message>
        <source>in {with} of {layers} layers</source>
        <translation>用于 {layers} 层中的 {with} 层</translation>
    </message>
    <message>
        <source>Llama-3-8B at twice the width: FLOPs of a layer {start}x for the first token, {length}x at 131072 tokens</source>
        <translation>Llama-3-8B 宽度加倍：一层的 FLOPs 在首个词元为 {start} 倍，在 131,072 个词元时为 {length} 倍</translation>
    </message>
    <message>
        <source>a quarter more layers: parameters {times}x</source>
        <translation>层数增加四分之一：参数量 {times} 倍</translation>
    </message>
    <message>
        <source>a quarter more hidden size: {times}x</source>
        <translation>隐藏维度增加四分之一：{times} 倍</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>cannot be written</source>
        <translation>无法写入</translation>
    </message>
    <message>
        <source>cannot be written: {reason}</source>
        <translation>无法写入：{reason}</translation>
    </message>
    <message>
        <source>a profile of this computer</source>
        <translation>本机的测量配置</translation>
    </message>
    <message>
        <source>a list of points</source>
        <translation>数据点列表</translation>
    </message>
    <message>
        <source>points in fp32</source>
        <translation>fp32 的数据点</translation>
    </message>
    <message>
        <source>{processor} with {threads} threads</source>
        <translation>{processor}，{threads} 个线程</translation>
    </message>
    <message>
        <source>{processor} with {threads}</source>
        <translation>{processor}，{threads} 个</translation>
    </message>
    <message>
        <source>{message}; not supported in it: {part}</source>
        <translation>{message}；其中不支持的是 {part}</translation>
    </message>
    <message>
        <source>a field that {family} has</source>
        <translation>{family} 具有的字段</translation>
    </message>
    <message>
        <source>a layer below {layers}</source>
        <translation>小于 {layers} 的层号</translation>
    </message>
    <message>
        <source>one entry for each of {layers} layers</source>
        <translation>{layers} 层每层一项</translation>
    </message>
    <message>
        <source>one for each of {layers} layers</source>
        <translation>{layers} 层每层一项</translation>
    </message>
    <message>
        <source>{type}, which is what {family} computes</source>
        <translation>{type}，即 {family} 实际计算的</translation>
    </message>
    <message>
        <source>a value, because hidden_size {hidden_size} is not a multiple of num_attention_heads {num_attention_heads}</source>
        <translation>一个数值，因为 hidden_size {hidden_size} 不是 num_attention_heads {num_attention_heads} 的倍数</translation>
    </message>
    <message>
        <source>{architecture}: the weights of other heads are not counted</source>
        <translation>{architecture}：其他输出头的权重不计</translation>
    </message>
    <message>
        <source>{count} rotary dimensions</source>
        <translation>{count} 个旋转维度</translation>
    </message>
    <message>
        <source>{count} heads</source>
        <translation>{count} 个头</translation>
    </message>
    <message>
        <source>a divisor of {field} {value} in {family}</source>
        <translation>{field} {value} 的约数（{family} 要求）</translation>
    </message>
    <message>
        <source>a window, because {layer} slides</source>
        <translation>一个窗口，因为 {layer} 是滑动层</translation>
    </message>
    <message>
        <source>a chunk, because {layer} is chunked</source>
        <translation>一个分块大小，因为 {layer} 是分块层</translation>
    </message>
    <message>
        <source>fewer than {field} {value}</source>
        <translation>少于 {field} {value}</translation>
    </message>
    <message>
        <source>an earlier layer of the same kind as layer {layer} whose cache it can read</source>
        <translation>前面有与第 {layer} 层同类的层可供读取缓存</translation>
    </message>
    <message>
        <source>1 to {field} {value}</source>
        <translation>1 到 {field} {value}</translation>
    </message>
    <message>
        <source>{groups} groups of {experts} experts</source>
        <translation>{groups} 组、每组 {experts} 个专家</translation>
    </message>
    <message>
        <source>at least num_experts_per_tok {needed} experts among them</source>
        <translation>其中至少有 num_experts_per_tok {needed} 个专家</translation>
    </message>
    <message>
        <source>A head of {head_dim} dimensions; common practice is 64 to 128.</source>
        <translation>头维度为 {head_dim}；通常为 64 到 128。</translation>
    </message>
    <message>
        <source>{group} query heads share each KV head; common practice is 4 to 8.</source>
        <translation>每个 KV 头由 {group} 个查询头共享；通常为 4–8 个。</translation>
    </message>
    <message>
        <source>Not a multiple of {step}: matrix units waste part of their tiles.</source>
        <translation>不是 {step} 的倍数：矩阵单元会浪费部分分块。</translation>
    </message>
    <message>
        <source>Not a multiple of {step}; padding it costs little and speeds up the output product.</source>
        <translation>不是 {step} 的倍数；补齐代价很小，并能加快输出乘法。</translation>
    </message>
    <message>
        <source>The feed-forward is {ratio} times as wide as the model; common practice is 2.7 to 5.4.</source>
        <translation>前馈宽度是模型宽度的 {ratio} 倍；通常为 2.7 到 5.4 倍。</translation>
    </message>
    <message>
        <source>The window is as long as the longest context: it saves nothing.</source>
        <translation>窗口与最长上下文一样长：没有节省。</translation>
    </message>
    <message>
        <source>No layer sees the whole context.</source>
        <translation>没有任何层可见整个上下文。</translation>
    </message>
    <message>
        <source>No layer has experts.</source>
        <translation>没有任何层含有专家。</translation>
    </message>
    <message>
        <source>Two readings differ: the model&apos;s own code gives experts to every {step}th layer, which is what is counted here; transformers ignores the field and gives them to every layer from first_k_dense_replace on.</source>
        <translation>两种口径不同：模型自带的代码每 {step} 层设一层专家，此处按此计数；transformers 忽略该字段，从 first_k_dense_replace 起每层都设专家。</translation>
    </message>
    <message>
        <source>Every token uses every expert: the mixture saves no work.</source>
        <translation>每个词元都使用全部专家：混合专家没有节省计算。</translation>
    </message>
    <message>
        <source>cannot be opened: {reason}</source>
        <translation>无法打开：{reason}</translation>
    </message>
    <message>
        <source>cannot be mapped: {reason}</source>
        <translation>无法映射：{reason}</translation>
    </message>
    <message>
        <source>found dtype {dtype}, expected {expected}</source>
        <translation>dtype 为 {dtype}，应为 {expected}</translation>
    </message>
    <message>
        <source>found data_offsets {offsets}, expected them inside the file&apos;s {bytes} bytes of data: the file is truncated or damaged</source>
        <translation>data_offsets 为 {offsets}，应在文件的 {bytes} 字节数据之内：文件被截断或已损坏</translation>
    </message>
    <message>
        <source>found {found} bytes, expected {expected} for {tensor}</source>
        <translation>为 {found} 字节，{tensor} 应为 {expected}</translation>
    </message>
    <message>
        <source>an impossible number</source>
        <translation>不可能的数目</translation>
    </message>
    <message>
        <source>found its data at byte {found}, expected {expected}: it overlaps another tensor</source>
        <translation>数据位于第 {found} 字节，应为 {expected}：与另一张量重叠</translation>
    </message>
    <message>
        <source>found its data at byte {found}, expected {expected}: a gap lies before it</source>
        <translation>数据位于第 {found} 字节，应为 {expected}：其前有空隙</translation>
    </message>
    <message>
        <source>found {found} bytes, expected {expected} from its header</source>
        <translation>文件为 {found} 字节，按文件头应为 {expected}</translation>
    </message>
    <message>
        <source>found {found} bytes, expected at least {least}</source>
        <translation>文件为 {found} 字节，应至少 {least} 字节</translation>
    </message>
    <message>
        <source>found a header of {found} bytes, expected at most {most}</source>
        <translation>文件头为 {found} 字节，应至多 {most}</translation>
    </message>
    <message>
        <source>not found, expected {expected}</source>
        <translation>未找到，应为 {expected}</translation>
    </message>
    <message>
        <source>found shape {found}, expected {expected}</source>
        <translation>形状为 {found}，应为 {expected}</translation>
    </message>
    <message>
        <source>found a weight that is no finite number at element {element}, expected finite numbers</source>
        <translation>第 {element} 个元素的权重不是有限数，应为有限数</translation>
    </message>
    <message>
        <source>reading was cancelled</source>
        <translation>读取已取消</translation>
    </message>
    <message>
        <source>found {family}, an encoder; expected a decoder</source>
        <translation>为 {family}，是编码器；应为解码器</translation>
    </message>
    <message>
        <source>needs {needed} bytes, found a limit of {limit}; expected a smaller model, a shorter context or bf16 weights</source>
        <translation>需要 {needed} 字节，限制为 {limit}；请用更小的模型、更短的上下文或 bf16 权重</translation>
    </message>
    <message>
        <source>needs {needed} bytes, found {available} available; expected a smaller model, a shorter context or bf16 weights</source>
        <translation>需要 {needed} 字节，可用 {available}；请用更小的模型、更短的上下文或 bf16 权重</translation>
    </message>
    <message>
        <source>was cancelled; expected a reset</source>
        <translation>已取消；须先重置</translation>
    </message>
    <message>
        <source>at most the {positions} learned positions</source>
        <translation>不超过 {positions} 个学习得到的位置</translation>
    </message>
    <message>
        <source>a mask of several intervals</source>
        <translation>由多个区间组成的掩码</translation>
    </message>
    <message>
        <source>one interval for each query where attention is latent</source>
        <translation>潜在注意力中每个查询一个区间</translation>
    </message>
    <message>
        <source>a sequence of {tokens}</source>
        <translation>{tokens} 个词元的序列</translation>
    </message>
    <message>
        <source>at most the context of {context}</source>
        <translation>不超过上下文 {context}</translation>
    </message>
    <message>
        <source>a device profile</source>
        <translation>设备配置</translation>
    </message>
    <message>
        <source>a measurement file</source>
        <translation>测量文件</translation>
    </message>
    <message>
        <source>an unusable value</source>
        <translation>无法使用的值</translation>
    </message>
    <message>
        <source>no array</source>
        <translation>非数组</translation>
    </message>
    <message>
        <source>an array of rows</source>
        <translation>行的数组</translation>
    </message>
    <message>
        <source>an object of configurations</source>
        <translation>由配置组成的对象</translation>
    </message>
    <message>
        <source>no row</source>
        <translation>没有数据行</translation>
    </message>
    <message>
        <source>rows under `decode` or `prefill`</source>
        <translation>`decode` 或 `prefill` 下的数据行</translation>
    </message>
    <message>
        <source>a name under `models`</source>
        <translation>`models` 下的名称</translation>
    </message>
    <message>
        <source>{layers}, the layers of {model}</source>
        <translation>{layers}，即 {model} 的层数</translation>
    </message>
    <message>
        <source>more bytes than in the row before</source>
        <translation>比前一行更多的字节数</translation>
    </message>
    <message>
        <source>no row of one device</source>
        <translation>没有单个设备的数据行</translation>
    </message>
    <message>
        <source>at least one to fit to</source>
        <translation>至少一行可供拟合</translation>
    </message>
    <message>
        <source>a group of {devices} devices</source>
        <translation>一组 {devices} 个设备</translation>
    </message>
    <message>
        <source>{most}: {device} has no link to another device</source>
        <translation>{most}：{device} 没有连接其他设备的链路</translation>
    </message>
    <message>
        <source>at most {most}, one node: the profile of {device} states no network between nodes</source>
        <translation>不超过 {most}，即一个节点：{device} 的配置没有给出节点间网络</translation>
    </message>
    <message>
        <source>{replicas} replicas</source>
        <translation>{replicas} 个副本</translation>
    </message>
    <message>
        <source>at most the batch, {batch}: the others would idle</source>
        <translation>不超过批量 {batch}：其余副本会闲置</translation>
    </message>
    <message>
        <source>a value that is not positive</source>
        <translation>不是正数的值</translation>
    </message>
    <message>
        <source>found a target for an encoder, which generates no tokens</source>
        <translation>为编码器设了目标，而编码器不生成词元</translation>
    </message>
    <message>
        <source>found none of the quantities</source>
        <translation>不是可解释的量</translation>
    </message>
    <message>
        <source>a whole number from {least} to {most}</source>
        <translation>{least} 到 {most} 的整数</translation>
    </message>
    <message>
        <source>a range a:b, a:b:step or a:b:*factor of whole numbers with a &lt;= b</source>
        <translation>整数范围 a:b、a:b:step 或 a:b:*factor，其中 a &lt;= b</translation>
    </message>
    <message>
        <source>a range of at most {most} values</source>
        <translation>不超过 {most} 个值的范围</translation>
    </message>
    <message>
        <source>FIELD=a:b[:step] or FIELD=v1,v2,...</source>
        <translation>FIELD=a:b[:step] 或 FIELD=v1,v2,...</translation>
    </message>
    <message>
        <source>a configuration field or an entry of the scenario</source>
        <translation>配置字段或场景中的一项</translation>
    </message>
    <message>
        <source>a configuration field, or one of {names}</source>
        <translation>配置字段，或以下之一：{names}</translation>
    </message>
    <message>
        <source>a field or one of {names}</source>
        <translation>字段，或以下之一：{names}</translation>
    </message>
    <message>
        <source>a value that is no number</source>
        <translation>不是数的值</translation>
    </message>
    <message>
        <source>no objective</source>
        <translation>没有目标</translation>
    </message>
    <message>
        <source>a space of more than 2^63 points</source>
        <translation>超过 2^63 个点的空间</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>更少的点</translation>
    </message>
    <message>
        <source>{points} points</source>
        <translation>{points} 个点</translation>
    </message>
    <message>
        <source>found {found}, expected the {threads} that the computer&apos;s profile was measured with</source>
        <translation>为 {found}，应为测量本机配置时的 {threads}</translation>
    </message>
    <message>
        <source>found a limit of {limit} bytes, expected at least {needed} for the smallest design of this kind and these contexts</source>
        <translation>限制为 {limit} 字节，而这类设计在这些上下文下最小也需要 {needed}</translation>
    </message>
    <message>
        <source>found a pattern of layers that {layers} layers cannot have, expected one that repeats</source>
        <translation>{layers} 层无法具有这种层模式，应为重复的模式</translation>
    </message>
    <message>
        <source>what a validation wrote</source>
        <translation>验证写出的内容</translation>
    </message>
    <message>
        <source>found an entry that is no row of a validation</source>
        <translation>有一项不是验证的数据行</translation>
    </message>
    <message>
        <source>{design}: predicted beside measured</source>
        <translation>{design}：预测与实测对照</translation>
    </message>
    <message>
        <source>{sentence}.</source>
        <translation>{sentence}。</translation>
    </message>
    <message>
        <source>{within} of {rows} counts exact</source>
        <translation>{rows} 项计数中 {within} 项一致</translation>
    </message>
    <message>
        <source>; experts reached within {share}</source>
        <translation>；用到的专家数相差不超过 {share}</translation>
    </message>
    <message>
        <source>; times off by {mean} on average, {most} at most, {within} of {rows} within their band (repeats spread by {spread})</source>
        <translation>；时间平均相差 {mean}，最多 {most}，{rows} 项中 {within} 项在误差带内（重复之间的离散为 {spread}）</translation>
    </message>
    <message>
        <source>Other programs took {share} of the processor meanwhile: times say little.</source>
        <translation>其间其他程序占用了处理器的 {share}：时间没有多少意义。</translation>
    </message>
    <message>
        <source>The threads moved to cores that lie otherwise to each other, so that the profile of this computer no longer holds: times say little.</source>
        <translation>线程移到了彼此位置关系不同的核心上，本机的测量数据因此不再适用：时间没有多少意义。</translation>
    </message>
    <message>
        <source>The run was cancelled.</source>
        <translation>运行已取消。</translation>
    </message>
    <message>
        <source>The run ended early: {error}</source>
        <translation>运行提前结束：{error}</translation>
    </message>
    <message>
        <source>1 thread, fp32</source>
        <translation>1 个线程，fp32</translation>
    </message>
    <message>
        <source>{threads} threads, fp32</source>
        <translation>{threads} 个线程，fp32</translation>
    </message>
    <message>
        <source>. The engine holds one sequence: a step of several tokens is one pass of that many tokens of it. Measured times are medians, with quartiles.</source>
        <translation>。引擎只保存一个序列：多个词元的一步，就是该序列中这么多词元一起通过一次。实测时间为中位数，附四分位数。</translation>
    </message>
    <message>
        <source>A checkpoint, run as it is: {parameters} parameters.</source>
        <translation>检查点，按原样运行：{parameters} 个参数。</translation>
    </message>
    <message>
        <source>original</source>
        <translation>原设计</translation>
    </message>
    <message>
        <source>tiny</source>
        <translation>微型设计</translation>
    </message>
    <message>
        <source>structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>proportion</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>rounded</source>
        <translation>取整</translation>
    </message>
    <message>
        <source>field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>in proportion</source>
        <translation>按比例应为</translation>
    </message>
    <message>
        <source>quantity</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>band</source>
        <translation>误差带</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>quartiles</source>
        <translation>四分位数</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <source>{difference}, outside its band</source>
        <translation>{difference}，超出误差带</translation>
    </message>
    <message>
        <source>Load of the experts</source>
        <translation>各专家的负载</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>tokens of each expert</source>
        <translation>每个专家的词元数</translation>
    </message>
    <message>
        <source>most loaded over mean</source>
        <translation>最忙专家与均值之比</translation>
    </message>
    <message>
        <source>of a uniform router</source>
        <translation>均匀路由时</translation>
    </message>
    <message>
        <source>{factors} factors</source>
        <translation>{factors} 个因子</translation>
    </message>
    <message>
        <source>{pairs}, one for each pair of rotary dimensions</source>
        <translation>{pairs} 个，每对旋转维度一个</translation>
    </message>
    <message>
        <source>all {count} layers</source>
        <translation>全部 {count} 层</translation>
    </message>
    <message>
        <source>layer {layer}</source>
        <translation>第 {layer} 层</translation>
    </message>
    <message>
        <source>layers {layers}</source>
        <translation>第 {layers} 层</translation>
    </message>
    <message>
        <source>The estimate takes four H x H matrices; latent attention goes through ranks {rank}.</source>
        <translation>估算取四个 H x H 矩阵；潜在注意力经过秩 {rank}。</translation>
    </message>
    <message>
        <source>The estimate takes four H x H matrices; latent attention goes through ranks {query} and {kv}.</source>
        <translation>估算取四个 H x H 矩阵；潜在注意力经过秩 {query} 和 {kv}。</translation>
    </message>
    <message>
        <source>Grouped-query attention: K and V have {kv} heads, not {heads}.</source>
        <translation>分组查询注意力：K 和 V 有 {kv} 个头，而不是 {heads} 个。</translation>
    </message>
    <message>
        <source>num_attention_heads * head_dim is {width}, not hidden_size {hidden_size}.</source>
        <translation>num_attention_heads * head_dim 是 {width}，而不是 hidden_size {hidden_size}。</translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation>没有注意力。</translation>
    </message>
    <message>
        <source>The estimate is {share}% too high.</source>
        <translation>估算偏高 {share}%。</translation>
    </message>
    <message>
        <source>The estimate is {share}% too low.</source>
        <translation>估算偏低 {share}%。</translation>
    </message>
    <message>
        <source>Multi-head attention of the same heads would store {times} times as much.</source>
        <translation>同样头数的多头注意力要存 {times} 倍。</translation>
    </message>
    <message>
        <source>Without windows the layers would store {times} times as much.</source>
        <translation>若没有窗口，各层要存 {times} 倍。</translation>
    </message>
    <message>
        <source>{tokens} tokens reach {reached} of {experts} experts: E * (1 - (1 - k / E)^tokens), with uniform routing.</source>
        <translation>{tokens} 个词元命中 {experts} 个专家中的 {reached} 个：E * (1 - (1 - k / E)^tokens)，假设路由均匀。</translation>
    </message>
    <message>
        <source>An expert gets {rows} rows on average, which fill {share}% of its tiles of 128 rows.</source>
        <translation>每个专家平均得到 {rows} 行，占其 128 行分块的 {share}%。</translation>
    </message>
    <message>
        <source>Message of {bytes} bytes between {devices} devices over {link}, interpolated in the measured table of all-reduce times.</source>
        <translation>{devices} 个设备之间经 {link} 传输 {bytes} 字节，按 all-reduce 实测时间表插值。</translation>
    </message>
    <message>
        <source>Message of {bytes} bytes between {devices} devices over {link}, ring: share of the message / link bandwidth + latency.</source>
        <translation>{devices} 个设备之间经 {link} 传输 {bytes} 字节，环形：消息份额 / 链路带宽 + 延迟。</translation>
    </message>
    <message>
        <source>Constants of {device}: measured.</source>
        <translation>{device} 的常数：实测。</translation>
    </message>
    <message>
        <source>Constants of {device}: typical, not measured on this device.</source>
        <translation>{device} 的常数：典型值，未在该设备上实测。</translation>
    </message>
    <message>
        <source>The error bar is {share}%: the mean absolute error of {phase} on designs that the fit had not seen, each left out in turn; nine rows in ten lie within three times that.</source>
        <translation>误差为 {share}%：对拟合未见过的模型逐一留出后，{phase} 的平均绝对误差；十个数据点中有九个在其三倍以内。</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>Family</source>
        <translation>模型族</translation>
    </message>
    <message>
        <source>Which reference implementation the design follows</source>
        <translation>设计所遵循的参考实现</translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation>隐藏维度</translation>
    </message>
    <message>
        <source>Width of the residual stream</source>
        <translation>残差流的宽度</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Longest context</source>
        <translation>最长上下文</translation>
    </message>
    <message>
        <source>Tokens the design is trained or stretched for</source>
        <translation>设计训练或扩展到的词元数</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>注意力头</translation>
    </message>
    <message>
        <source>Query heads</source>
        <translation>查询头</translation>
    </message>
    <message>
        <source>KV heads</source>
        <translation>KV 头</translation>
    </message>
    <message>
        <source>Heads that leave keys and values in the cache</source>
        <translation>在缓存中保留键和值的头</translation>
    </message>
    <message>
        <source>Head dim</source>
        <translation>头维度</translation>
    </message>
    <message>
        <source>Dimensions of one head</source>
        <translation>单个头的维度</translation>
    </message>
    <message>
        <source>Query rank</source>
        <translation>查询秩</translation>
    </message>
    <message>
        <source>Rank of the compressed query; off: full rank</source>
        <translation>压缩查询的秩；关：满秩</translation>
    </message>
    <message>
        <source>Latent rank</source>
        <translation>潜在秩</translation>
    </message>
    <message>
        <source>Width of the latent that replaces keys and values</source>
        <translation>替代键和值的潜在向量宽度</translation>
    </message>
    <message>
        <source>Key dim without RoPE</source>
        <translation>无 RoPE 键维度</translation>
    </message>
    <message>
        <source>Key dim with RoPE</source>
        <translation>RoPE 键维度</translation>
    </message>
    <message>
        <source>Shared by all heads and cached beside the latent</source>
        <translation>由所有头共享，与潜在向量一同缓存</translation>
    </message>
    <message>
        <source>Value dim</source>
        <translation>值维度</translation>
    </message>
    <message>
        <source>Sliding window</source>
        <translation>滑动窗口</translation>
    </message>
    <message>
        <source>Tokens that a sliding layer looks back on</source>
        <translation>滑动层回看的词元数</translation>
    </message>
    <message>
        <source>Use the window</source>
        <translation>启用窗口</translation>
    </message>
    <message>
        <source>Window from layer</source>
        <translation>窗口起始层</translation>
    </message>
    <message>
        <source>Layers from this one on slide</source>
        <translation>从该层起使用滑动窗口</translation>
    </message>
    <message>
        <source>Global layer every</source>
        <translation>全局层间隔</translation>
    </message>
    <message>
        <source>Every n-th layer sees the whole context</source>
        <translation>每 n 层有一层可见整个上下文</translation>
    </message>
    <message>
        <source>Attention chunk</source>
        <translation>注意力分块</translation>
    </message>
    <message>
        <source>Layer pattern</source>
        <translation>层模式</translation>
    </message>
    <message>
        <source>Layers sharing a cache</source>
        <translation>共享缓存的层</translation>
    </message>
    <message>
        <source>Last layers, which read an earlier layer&apos;s cache</source>
        <translation>末尾若干层，读取前面层的缓存</translation>
    </message>
    <message>
        <source>Attention biases</source>
        <translation>注意力偏置</translation>
    </message>
    <message>
        <source>QK norm</source>
        <translation>QK 归一化</translation>
    </message>
    <message>
        <source>Query scale base</source>
        <translation>查询缩放基数</translation>
    </message>
    <message>
        <source>Scores are scaled by this number to the power of −1/2</source>
        <translation>注意力分数按该数的 −1/2 次方缩放</translation>
    </message>
    <message>
        <source>Score soft cap</source>
        <translation>分数软上限</translation>
    </message>
    <message>
        <source>Logit soft cap</source>
        <translation>logit 软上限</translation>
    </message>
    <message>
        <source>Temperature tuning</source>
        <translation>温度调节</translation>
    </message>
    <message>
        <source>Temperature floor</source>
        <translation>温度下限</translation>
    </message>
    <message>
        <source>Temperature scale</source>
        <translation>温度系数</translation>
    </message>
    <message>
        <source>RoPE base θ</source>
        <translation>RoPE 基数 θ</translation>
    </message>
    <message>
        <source>RoPE base θ, sliding</source>
        <translation>RoPE 基数 θ（滑动层）</translation>
    </message>
    <message>
        <source>Rotated share</source>
        <translation>旋转比例</translation>
    </message>
    <message>
        <source>Share of a head&apos;s dimensions that turn</source>
        <translation>头维度中参与旋转的比例</translation>
    </message>
    <message>
        <source>Interleaved RoPE</source>
        <translation>交错式 RoPE</translation>
    </message>
    <message>
        <source>No RoPE every</source>
        <translation>无 RoPE 层间隔</translation>
    </message>
    <message>
        <source>Every n-th layer has no position embedding</source>
        <translation>每 n 层有一层不使用位置编码</translation>
    </message>
    <message>
        <source>RoPE by layer</source>
        <translation>逐层 RoPE</translation>
    </message>
    <message>
        <source>Feed-forward width</source>
        <translation>前馈宽度</translation>
    </message>
    <message>
        <source>Width by layer</source>
        <translation>逐层宽度</translation>
    </message>
    <message>
        <source>Dense width</source>
        <translation>稠密层宽度</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Feed-forward biases</source>
        <translation>前馈偏置</translation>
    </message>
    <message>
        <source>Sparsity by layer</source>
        <translation>逐层稀疏度</translation>
    </message>
    <message>
        <source>SwiGLU limit</source>
        <translation>SwiGLU 上限</translation>
    </message>
    <message>
        <source>LAuReL rank</source>
        <translation>LAuReL 秩</translation>
    </message>
    <message>
        <source>AltUp streams</source>
        <translation>AltUp 流数</translation>
    </message>
    <message>
        <source>AltUp active stream</source>
        <translation>AltUp 活跃流</translation>
    </message>
    <message>
        <source>AltUp clip</source>
        <translation>AltUp 截断</translation>
    </message>
    <message>
        <source>AltUp output scale</source>
        <translation>AltUp 输出缩放</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Experts per token</source>
        <translation>每词元专家数</translation>
    </message>
    <message>
        <source>Expert width</source>
        <translation>专家宽度</translation>
    </message>
    <message>
        <source>Shared experts</source>
        <translation>共享专家</translation>
    </message>
    <message>
        <source>Experts that every token uses</source>
        <translation>每个词元都使用的专家</translation>
    </message>
    <message>
        <source>Dense layers first</source>
        <translation>前置稠密层</translation>
    </message>
    <message>
        <source>Expert layer every</source>
        <translation>专家层间隔</translation>
    </message>
    <message>
        <source>Dense layers</source>
        <translation>稠密层</translation>
    </message>
    <message>
        <source>Expert layers</source>
        <translation>专家层</translation>
    </message>
    <message>
        <source>Expert groups</source>
        <translation>专家分组</translation>
    </message>
    <message>
        <source>Groups per token</source>
        <translation>每词元分组数</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>选择方式</translation>
    </message>
    <message>
        <source>Router scores</source>
        <translation>路由打分</translation>
    </message>
    <message>
        <source>Normalised weights</source>
        <translation>权重归一化</translation>
    </message>
    <message>
        <source>Routed scale</source>
        <translation>路由缩放</translation>
    </message>
    <message>
        <source>Extra prediction layers</source>
        <translation>额外预测层</translation>
    </message>
    <message>
        <source>Multi-token-prediction modules, not in the total</source>
        <translation>多词元预测模块，不计入总量</translation>
    </message>
    <message>
        <source>Norm epsilon</source>
        <translation>归一化 ε</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Tied embeddings</source>
        <translation>共享嵌入</translation>
    </message>
    <message>
        <source>The output head reuses the embedding matrix</source>
        <translation>输出头复用嵌入矩阵</translation>
    </message>
    <message>
        <source>Segment types</source>
        <translation>段类型</translation>
    </message>
    <message>
        <source>Per-layer vocabulary</source>
        <translation>逐层词表</translation>
    </message>
    <message>
        <source>Per-layer embedding</source>
        <translation>逐层嵌入</translation>
    </message>
    <message>
        <source>from the pattern</source>
        <comment>a list that is not given, but follows from a rule</comment>
        <translation>由模式推出</translation>
    </message>
    <message>
        <source>global</source>
        <comment>a layer that sees everything</comment>
        <translation>全局</translation>
    </message>
    <message>
        <source>sliding</source>
        <comment>a layer with a sliding window</comment>
        <translation>滑动</translation>
    </message>
    <message>
        <source>chunked</source>
        <comment>a layer that sees its own block</comment>
        <translation>分块</translation>
    </message>
    <message>
        <source>off</source>
        <comment>an optional value that is unset</comment>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <comment>a switch</comment>
        <translation>关</translation>
    </message>
    <message>
        <source>none listed</source>
        <translation>未列出</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>%1 个值</translation>
    </message>
    <message>
        <source>all %1</source>
        <translation>全部 %1</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>1 layer</source>
        <translation>1 层</translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation>%1 层</translation>
    </message>
    <message>
        <source>Output bias</source>
        <translation>输出偏置</translation>
    </message>
    <message>
        <source>Bias of the attention&apos;s output projection</source>
        <translation>注意力输出投影的偏置</translation>
    </message>
    <message>
        <source>Scaled scores</source>
        <translation>缩放分数</translation>
    </message>
    <message>
        <source>Scores are divided by the root of the head dim</source>
        <translation>分数除以头维度的平方根</translation>
    </message>
    <message>
        <source>Scores scaled by layer</source>
        <translation>分数按层缩放</translation>
    </message>
    <message>
        <source>Layer i divides its scores by i + 1 as well</source>
        <translation>第 i 层的分数再除以 i + 1</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Active per token</source>
        <translation>每词元激活参数</translation>
    </message>
    <message>
        <source>KV cache per token</source>
        <translation>每词元键值缓存</translation>
    </message>
    <message>
        <source>KV cache per sequence</source>
        <translation>每序列键值缓存</translation>
    </message>
    <message>
        <source>KV cache read per step</source>
        <translation>每步读取的键值缓存</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Memory, one replica</source>
        <translation>单副本内存</translation>
    </message>
    <message>
        <source>Memory per device</source>
        <translation>每设备内存</translation>
    </message>
    <message>
        <source>Largest batch</source>
        <translation>最大批大小</translation>
    </message>
    <message>
        <source>Longest context</source>
        <translation>最长上下文</translation>
    </message>
    <message>
        <source>Prefill work</source>
        <translation>预填充计算量</translation>
    </message>
    <message>
        <source>Decode work per token</source>
        <translation>每词元解码计算量</translation>
    </message>
    <message>
        <source>Training work per token</source>
        <translation>每词元训练计算量</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首词元时间</translation>
    </message>
    <message>
        <source>Time per token</source>
        <translation>每词元时间</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Throughput per user</source>
        <translation>每用户吞吐量</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>激活参数</translation>
    </message>
    <message>
        <source>KV per token</source>
        <translation>每词元 KV</translation>
    </message>
    <message>
        <source>Memory per GPU</source>
        <translation>每卡显存</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>放得下</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首词元延迟</translation>
    </message>
    <message>
        <source>Per token</source>
        <translation>每词元延迟</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Expected a RoPE base above 0 and a rotated share above 0 and up to 1.</source>
        <translation>RoPE 基数应大于 0，旋转比例应大于 0 且不超过 1。</translation>
    </message>
    <message>
        <source>Expected a positive number.</source>
        <translation>应为正数。</translation>
    </message>
    <message>
        <source>Set to %1</source>
        <translation>设为 %1</translation>
    </message>
    <message>
        <source>Set %1 to %2</source>
        <comment>%1 is a field&apos;s name</comment>
        <translation>将 %1 设为 %2</translation>
    </message>
    <message>
        <source>{found} is out of range: expected an integer from {least} to {most}.</source>
        <translation>{found} 超出范围：应为 {least} 到 {most} 之间的整数。</translation>
    </message>
    <message>
        <source>{found} KV heads cannot share {value} heads evenly: expected a divisor of {value}.</source>
        <translation>{found} 个 KV 头无法平分 {value} 个头：应为 {value} 的约数。</translation>
    </message>
    <message>
        <source>{count} rotary dimensions: expected an even number, because RoPE turns pairs.</source>
        <translation>旋转维度为 {count}：应为偶数，因为 RoPE 成对旋转。</translation>
    </message>
    <message>
        <source>{count} heads: expected a divisor of the hidden size {value}.</source>
        <translation>{count} 个头：应为隐藏维度 {value} 的约数。</translation>
    </message>
    <message>
        <source>{count} entries: expected one for each of {layers} layers.</source>
        <translation>共 {count} 项：应为 {layers} 层每层一项。</translation>
    </message>
    <message>
        <source>{found}: expected full_attention, sliding_attention or chunked_attention.</source>
        <translation>{found}：应为 full_attention、sliding_attention 或 chunked_attention。</translation>
    </message>
    <message>
        <source>Expected a window, because {layer} slides.</source>
        <translation>需要窗口大小，因为 {layer} 使用滑动窗口。</translation>
    </message>
    <message>
        <source>Expected a chunk, because {layer} is chunked.</source>
        <translation>需要分块大小，因为 {layer} 使用分块。</translation>
    </message>
    <message>
        <source>{found} layers share a cache: expected fewer than all {value} layers.</source>
        <translation>{found} 层共享缓存：应少于全部 {value} 层。</translation>
    </message>
    <message>
        <source>{found} layers share a cache, but layer {layer} has no earlier layer of its kind to read from.</source>
        <translation>{found} 层共享缓存，但第 {layer} 层之前没有同类层可读取。</translation>
    </message>
    <message>
        <source>{found} experts per token: there are only {most} experts.</source>
        <translation>每词元 {found} 个专家：但只有 {most} 个专家。</translation>
    </message>
    <message>
        <source>{found} groups cannot hold {value} experts evenly: expected a divisor.</source>
        <translation>{found} 个分组无法平分 {value} 个专家：应为约数。</translation>
    </message>
    <message>
        <source>{found} groups per token: expected 1 to {value}.</source>
        <translation>每词元 {found} 个分组：应为 1 到 {value}。</translation>
    </message>
    <message>
        <source>{groups} groups of {experts} experts hold fewer than the {needed} experts of a token.</source>
        <translation>{groups} 个含 {experts} 个专家的分组不足每词元所需的 {needed} 个专家。</translation>
    </message>
    <message>
        <source>This family cannot select experts by {found}.</source>
        <translation>该模型族不能以 {found} 方式选择专家。</translation>
    </message>
    <message>
        <source>This family cannot score by {found}.</source>
        <translation>该模型族不能以 {found} 方式打分。</translation>
    </message>
    <message>
        <source>The family {found} is not supported.</source>
        <translation>不支持模型族 {found}。</translation>
    </message>
    <message>
        <source>The activation {found} is not supported.</source>
        <translation>不支持激活函数 {found}。</translation>
    </message>
    <message>
        <source>{factors} LongRoPE factors: expected {pairs}, one for each pair of rotary dimensions.</source>
        <translation>LongRoPE 因子有 {factors} 个：应为 {pairs} 个，每对旋转维度一个。</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 (%2)</source>
        <comment>axis title (unit)</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>log scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>ns</source>
        <translation>纳秒</translation>
    </message>
    <message>
        <source>µs</source>
        <translation>微秒</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>h</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>tok/s</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>−∞</source>
        <translation>−∞</translation>
    </message>
    <message>
        <source>∞</source>
        <translation>∞</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>bytes/s</source>
        <translation>字节/秒</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>%1% more</source>
        <translation>多 %1%</translation>
    </message>
    <message>
        <source>%1% less</source>
        <translation>少 %1%</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>增至 %1</translation>
    </message>
    <message>
        <source>%1 less</source>
        <translation>缩减 %1</translation>
    </message>
</context>
<context>
    <name>PlotView</name>
    <message>
        <source>  ⇕ drag</source>
        <translation>  ⇕ 可拖动</translation>
    </message>
    <message>
        <source>  ⇔ drag</source>
        <translation>  ⇔ 可拖动</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>lower</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>upper</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>error −</source>
        <translation>误差 −</translation>
    </message>
    <message>
        <source>error +</source>
        <translation>误差 +</translation>
    </message>
    <message>
        <source>size %1 × %2 at %3 dpi is too small or the dpi is out of 24 to 2400; the least size is 100 × 80</source>
        <translation>尺寸 %1 × %2、分辨率 %3 dpi 过小，或 dpi 不在 24 到 2400 之间；最小尺寸为 100 × 80</translation>
    </message>
    <message>
        <source>%1 × %2 pixels is too large an image; lower the size or the dpi</source>
        <translation>%1 × %2 像素的图像过大，请减小尺寸或 dpi</translation>
    </message>
    <message>
        <source>the chart could not be drawn</source>
        <translation>无法绘制图表</translation>
    </message>
    <message>
        <source>%1 = %2</source>
        <translation>%1 = %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source> (%1)</source>
        <translation>（%1）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1 %2%3</source>
        <translation>%1 %2%3</translation>
    </message>
    <message>
        <source>Bar chart of %1.</source>
        <translation>%1 的柱状图。</translation>
    </message>
    <message>
        <source>Chart of %1 against %2.</source>
        <translation>%1 随 %2 变化的曲线图。</translation>
    </message>
    <message>
        <source>%1: from %2 at %3 to %4 at %5.</source>
        <translation>%1：从 %3 处的 %2 到 %5 处的 %4。</translation>
    </message>
    <message>
        <source>Line %1 at %2.</source>
        <translation>标线 %1，位于 %2。</translation>
    </message>
    <message>
        <source>%1 before</source>
        <translation>%1（之前）</translation>
    </message>
    <message>
        <source>%1 notes</source>
        <translation>%1 说明</translation>
    </message>
</context>
<context>
    <name>Scenario</name>
    <message>
        <source>Number format of these weights, where it is one of their own</source>
        <translation>这些权重的数值格式（与其余权重不同时）</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Sequences that are processed at the same time</source>
        <translation>同时处理的序列数</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Tokens of one prompt (prefill)</source>
        <translation>单个提示的词元数（预填充）</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Tokens that are generated for one prompt (decode)</source>
        <translation>每个提示生成的词元数（解码）</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Tokens in the cache where memory and decode time are measured</source>
        <translation>计算内存与解码时间时缓存中的词元数</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Number format of the weights; after the stroke that of the routed experts</source>
        <translation>权重的数值格式；斜线后为路由专家的格式</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Shared experts</source>
        <translation>共享专家</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Norms</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Per-layer embedding</source>
        <translation>逐层嵌入</translation>
    </message>
    <message>
        <source>Output head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>Other weights</source>
        <translation>其他权重</translation>
    </message>
    <message>
        <source>KV</source>
        <translation>KV</translation>
    </message>
    <message>
        <source>Number format of the KV cache</source>
        <translation>键值缓存的数值格式</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Kind of device</source>
        <translation>设备型号</translation>
    </message>
    <message>
        <source>Price of a device per hour</source>
        <translation>每设备每小时价格</translation>
    </message>
    <message>
        <source>For the cost of a million tokens; 0: not shown</source>
        <translation>用于计算每百万词元的成本；0：不显示</translation>
    </message>
    <message>
        <source>Number of devices</source>
        <translation>设备数量</translation>
    </message>
    <message>
        <source>Devices in all, those of every replica</source>
        <translation>设备总数，包括所有副本</translation>
    </message>
    <message>
        <source>TP</source>
        <translation>TP</translation>
    </message>
    <message>
        <source>Tensor parallel: every layer is split over this many devices</source>
        <translation>张量并行：每一层切分到这么多设备上</translation>
    </message>
    <message>
        <source>PP</source>
        <translation>PP</translation>
    </message>
    <message>
        <source>Pipeline parallel: the layers are dealt out to this many stages</source>
        <translation>流水线并行：各层分配到这么多阶段</translation>
    </message>
    <message>
        <source>EP</source>
        <translation>EP</translation>
    </message>
    <message>
        <source>Expert parallel: the experts are dealt out to this many devices</source>
        <translation>专家并行：专家分配到这么多设备上</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无内容</translation>
    </message>
    <message>
        <source>found %1, expected %2</source>
        <translation>得到 %1，应为 %2</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>%1 到 %2 之间的整数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>1 to 4 designs</source>
        <translation>1 到 4 个设计</translation>
    </message>
    <message>
        <source>as many designs as the study has</source>
        <translation>与当前方案数量相同的设计</translation>
    </message>
    <message>
        <source>not JSON: %1 at byte %2 of %3</source>
        <translation>不是 JSON：%1，位于第 %2 字节（共 %3 字节）</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>found a folder, expected a file</source>
        <translation>得到文件夹，应为文件</translation>
    </message>
    <message>
        <source>found %1 bytes, expected at most %2</source>
        <translation>得到 %1 字节，最多允许 %2 字节</translation>
    </message>
    <message>
        <source>a list of %1</source>
        <translation>含 %1 项的列表</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>%1 到 %2 之间的数</translation>
    </message>
</context>
<context>
    <name>Specification</name>
    <message>
        <source>sliding window %1</source>
        <translation>滑动窗口 %1</translation>
    </message>
    <message>
        <source>chunks of %1</source>
        <translation>分块 %1</translation>
    </message>
    <message>
        <source>%1, linear ×%2</source>
        <translation>%1，线性 ×%2</translation>
    </message>
    <message>
        <source>%1, dynamic ×%2</source>
        <translation>%1，动态 ×%2</translation>
    </message>
    <message>
        <source>%1, LongRoPE</source>
        <translation>%1，LongRoPE</translation>
    </message>
    <message>
        <source>%1, YaRN ×%2</source>
        <translation>%1，YaRN ×%2</translation>
    </message>
    <message>
        <source>%1, Llama 3 scaling ×%2</source>
        <translation>%1，Llama 3 缩放 ×%2</translation>
    </message>
    <message>
        <source>multi-head</source>
        <translation>多头</translation>
    </message>
    <message>
        <source>multi-query</source>
        <translation>多查询</translation>
    </message>
    <message>
        <source>grouped-query</source>
        <translation>分组查询</translation>
    </message>
    <message>
        <source>multi-head latent</source>
        <translation>多头潜在</translation>
    </message>
    <message>
        <source>1 KV head</source>
        <translation>1 个 KV 头</translation>
    </message>
    <message>
        <source>%1 KV heads</source>
        <translation>%1 个 KV 头</translation>
    </message>
    <message>
        <source>%1 heads × %2</source>
        <translation>%1 头 × %2</translation>
    </message>
    <message>
        <source>QK norm</source>
        <translation>QK 归一化</translation>
    </message>
    <message>
        <source>shared cache</source>
        <translation>共享缓存</translation>
    </message>
    <message>
        <source>%1 heads</source>
        <translation>%1 头</translation>
    </message>
    <message>
        <source>query rank %1</source>
        <translation>查询秩 %1</translation>
    </message>
    <message>
        <source>Dense feed-forward</source>
        <translation>稠密前馈</translation>
    </message>
    <message>
        <source>sigmoid router</source>
        <translation>sigmoid 路由</translation>
    </message>
    <message>
        <source>softmax router</source>
        <translation>softmax 路由</translation>
    </message>
    <message>
        <source>%1 experts</source>
        <translation>%1 个专家</translation>
    </message>
    <message>
        <source>%1 heads : %2 KV × %3</source>
        <comment>query heads : key/value heads × dimensions of a head</comment>
        <translation>%1 头 : %2 KV × %3</translation>
    </message>
    <message>
        <source>sinks</source>
        <comment>learned attention sinks</comment>
        <translation>注意力汇</translation>
    </message>
    <message>
        <source>%1 attention</source>
        <comment>%1 is a kind of attention such as grouped-query</comment>
        <translation>%1注意力</translation>
    </message>
    <message>
        <source>latent %1 + %2</source>
        <comment>width of the cached latent + of the cached rotary key</comment>
        <translation>潜在 %1 + %2</translation>
    </message>
    <message>
        <source>top %1 × %2</source>
        <comment>experts of a token × width of an expert</comment>
        <translation>top-%1 × %2</translation>
    </message>
    <message>
        <source>shared %1</source>
        <comment>width of the experts that every token uses</comment>
        <translation>共享 %1</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>稠密</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>专家</translation>
    </message>
</context>
<context>
    <name>Structure</name>
    <message>
        <source>%1 layers: %2</source>
        <translation>%1 层：%2</translation>
    </message>
    <message>
        <source>sigmoid scores</source>
        <translation>sigmoid 打分</translation>
    </message>
    <message>
        <source>softmax scores</source>
        <translation>softmax 打分</translation>
    </message>
    <message>
        <source>balancing bias</source>
        <translation>均衡偏置</translation>
    </message>
    <message>
        <source>%1 of %2 groups</source>
        <translation>%2 组中选 %1</translation>
    </message>
    <message>
        <source>normalised weights</source>
        <translation>权重归一化</translation>
    </message>
    <message>
        <source>%1 learned positions</source>
        <translation>%1 个可学习位置</translation>
    </message>
    <message>
        <source>none (NoPE)</source>
        <translation>无 (NoPE)</translation>
    </message>
    <message>
        <source>, stretched ×%1</source>
        <translation>，扩展 ×%1</translation>
    </message>
    <message>
        <source>before each sub-layer</source>
        <translation>每个子层之前</translation>
    </message>
    <message>
        <source>after each residual sum</source>
        <translation>每次残差求和之后</translation>
    </message>
    <message>
        <source>on each sub-layer&apos;s output</source>
        <translation>每个子层的输出上</translation>
    </message>
    <message>
        <source>before and after each sub-layer</source>
        <translation>每个子层前后</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Output head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>the embedding matrix again</source>
        <translation>复用嵌入矩阵</translation>
    </message>
    <message>
        <source>a matrix of its own</source>
        <translation>独立矩阵</translation>
    </message>
    <message>
        <source>none</source>
        <comment>a dense layer routes nothing</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>none</source>
        <comment>a layer without such a sub-layer</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>none</source>
        <comment>a layer without norms</comment>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>Validation</name>
    <message>
        <source>Every byte of the cache is as predicted</source>
        <translation>缓存的每个字节都与预测一致</translation>
    </message>
    <message>
        <source>The cache is not as predicted</source>
        <translation>缓存与预测不一致</translation>
    </message>
    <message>
        <source>%1 tokens reach %2 experts, %3 expected</source>
        <translation>%1 个词元用到 %2 个专家，期望 %3 个</translation>
    </message>
    <message>
        <source>Predicted with its band; medians measured, with quartiles</source>
        <translation>预测值及其误差带；实测为中位数与四分位数</translation>
    </message>
    <message>
        <source>Prompt length</source>
        <translation>提示长度</translation>
    </message>
    <message>
        <source>Prefill time</source>
        <translation>预填充时间</translation>
    </message>
    <message>
        <source>Context length</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>Time per token</source>
        <translation>每词元时间</translation>
    </message>
    <message>
        <source>Tokens in one step</source>
        <translation>一步的词元数</translation>
    </message>
    <message>
        <source>Time of the step</source>
        <translation>一步的时间</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>Bytes that hold a token, fp32</source>
        <translation>存有词元的字节，fp32</translation>
    </message>
    <message>
        <source>Distinct experts of a layer</source>
        <translation>一层用到的不同专家数</translation>
    </message>
    <message>
        <source>This design has no experts</source>
        <translation>此设计没有专家</translation>
    </message>
    <message>
        <source>The routing is not measured yet</source>
        <translation>尚未测量路由</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Run the design to see it here</source>
        <translation>运行设计后在此显示</translation>
    </message>
    <message>
        <source>1 token</source>
        <translation>1 个词元</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
    </message>
    <message>
        <source>Query heads : KV heads</source>
        <translation>查询头 : KV 头</translation>
    </message>
    <message>
        <source>Query width : hidden size</source>
        <translation>查询宽度 : 隐藏维度</translation>
    </message>
    <message>
        <source>Query rank : hidden size</source>
        <translation>查询秩 : 隐藏维度</translation>
    </message>
    <message>
        <source>KV rank : hidden size</source>
        <translation>KV 秩 : 隐藏维度</translation>
    </message>
    <message>
        <source>Rotary : other part of a head</source>
        <translation>头的旋转部分 : 其余部分</translation>
    </message>
    <message>
        <source>Feed-forward : hidden size</source>
        <translation>前馈宽度 : 隐藏维度</translation>
    </message>
    <message>
        <source>Expert width : hidden size</source>
        <translation>专家宽度 : 隐藏维度</translation>
    </message>
    <message>
        <source>Experts : experts per token</source>
        <translation>专家 : 每词元专家</translation>
    </message>
    <message>
        <source>Experts per token : shared experts</source>
        <translation>每词元专家 : 共享专家</translation>
    </message>
    <message>
        <source>Groups : groups per token</source>
        <translation>分组 : 每词元分组</translation>
    </message>
    <message>
        <source>Dense : expert layers</source>
        <translation>稠密层 : 专家层</translation>
    </message>
    <message>
        <source>Window : trained context</source>
        <translation>窗口 : 训练上下文</translation>
    </message>
    <message>
        <source>Local : global layers</source>
        <translation>局部层 : 全局层</translation>
    </message>
    <message>
        <source>Layers that share a cache : layers</source>
        <translation>共享缓存的层 : 全部层</translation>
    </message>
    <message>
        <source>LAuReL rank : hidden size</source>
        <translation>LAuReL 秩 : 隐藏维度</translation>
    </message>
    <message>
        <source>Per-layer input : hidden size</source>
        <translation>逐层输入 : 隐藏维度</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>隐藏维度</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>头</translation>
    </message>
    <message>
        <source>KV heads</source>
        <translation>KV 头</translation>
    </message>
    <message>
        <source>KV rank</source>
        <translation>KV 秩</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>experts per token</source>
        <translation>每词元专家</translation>
    </message>
    <message>
        <source>expert width</source>
        <translation>专家宽度</translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation>前馈宽度</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Tensors as in the table</source>
        <translation>与张量表一致的张量</translation>
    </message>
    <message>
        <source>Parameters allocated</source>
        <translation>已分配的参数</translation>
    </message>
    <message>
        <source>Weight bytes, fp32</source>
        <translation>权重字节，fp32</translation>
    </message>
    <message>
        <source>FLOPs, decode step after %1</source>
        <translation>FLOP，%1 个词元后的解码步</translation>
    </message>
    <message>
        <source>Cache bytes read after %1</source>
        <translation>%1 个词元后读取的缓存字节</translation>
    </message>
    <message>
        <source>Decode step after %1</source>
        <translation>%1 个词元后的解码步</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>完全一致</translation>
    </message>
    <message>
        <source>%1 too many</source>
        <translation>多 %1</translation>
    </message>
    <message>
        <source>%1 too few</source>
        <translation>少 %1</translation>
    </message>
    <message>
        <source>Counted, so the two must be equal</source>
        <translation>这是计数，两者必须相等</translation>
    </message>
    <message>
        <source>Predicted %1 (%2 to %3); measured %4, half of %5 repeats between %6 and %7</source>
        <translation>预测 %1（%2 至 %3）；实测 %4，%5 次重复中有一半在 %6 与 %7 之间</translation>
    </message>
    <message>
        <source>Nothing was measured</source>
        <translation>没有测到任何结果</translation>
    </message>
    <message>
        <source>Nothing is measured yet</source>
        <translation>尚无测量结果</translation>
    </message>
    <message>
        <source>All %1 counts exact</source>
        <translation>%1 项计数全部一致</translation>
    </message>
    <message>
        <source>%1 of %2 counts exact</source>
        <translation>%2 项计数中 %1 项一致</translation>
    </message>
    <message>
        <source>A tiny %1 on this computer</source>
        <translation>本机上的微型 %1</translation>
    </message>
    <message>
        <source>The checkpoint %1 on this computer</source>
        <translation>本机上的检查点 %1</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 个参数</translation>
    </message>
    <message>
        <source>%1 threads, fp32</source>
        <translation>%1 个线程，fp32</translation>
    </message>
    <message>
        <source>Shrinking the design</source>
        <translation>正在缩小设计</translation>
    </message>
    <message>
        <source>Measuring this computer, once</source>
        <translation>正在测量本机（仅一次）</translation>
    </message>
    <message>
        <source>Loading the weights</source>
        <translation>正在载入权重</translation>
    </message>
    <message>
        <source>%1 of %2 measurements</source>
        <translation>%1 / %2 次测量</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Predicted prefill times are off by %1 at most</source>
        <translation>预填充时间的预测最多相差 %1</translation>
    </message>
    <message>
        <source>Predicted decode times are off by %1 at most</source>
        <translation>解码时间的预测最多相差 %1</translation>
    </message>
    <message>
        <source>Predicted times of a step are off by %1 at most</source>
        <translation>一步时间的预测最多相差 %1</translation>
    </message>
    <message>
        <source>%1, predicted</source>
        <comment>a design</comment>
        <translation>%1，预测</translation>
    </message>
    <message>
        <source>%1, measured</source>
        <comment>a design</comment>
        <translation>%1，实测</translation>
    </message>
    <message>
        <source>KV bytes after %1</source>
        <comment>512 tokens</comment>
        <translation>%1后的 KV 字节</translation>
    </message>
    <message>
        <source>FLOPs, prefill of %1</source>
        <comment>512 tokens</comment>
        <translation>FLOP，预填充%1</translation>
    </message>
    <message>
        <source>Distinct experts, %1</source>
        <comment>16 tokens</comment>
        <translation>不同专家数，%1</translation>
    </message>
    <message>
        <source>Prefill, %1</source>
        <comment>512 tokens</comment>
        <translation>预填充，%1</translation>
    </message>
    <message>
        <source>Step of %1 after %2</source>
        <comment>16 tokens, 512</comment>
        <translation>%2 个词元后的一步（%1）</translation>
    </message>
    <message>
        <source>%1; times off by %2 on average</source>
        <comment>all 14 counts exact</comment>
        <translation>%1；时间平均相差 %2</translation>
    </message>
    <message>
        <source>Counting: prompt of %1</source>
        <comment>512 tokens</comment>
        <translation>计数：提示 %1</translation>
    </message>
    <message>
        <source>Timing: prompt of %1</source>
        <comment>512 tokens</comment>
        <translation>计时：提示 %1</translation>
    </message>
    <message>
        <source>Routing %1</source>
        <comment>16 tokens</comment>
        <translation>路由%1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>3 s</comment>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Predicted; measurements follow</source>
        <translation>先是预测，实测随后到来</translation>
    </message>
    <message>
        <source>After %1 tokens, all of one sequence</source>
        <translation>在 %1 个词元之后，同属一个序列</translation>
    </message>
    <message>
        <source>Expected: E (1 − (1 − k/E)^B); measured: mean and quartiles</source>
        <translation>期望：E (1 − (1 − k/E)^B)；实测：均值与四分位数</translation>
    </message>
    <message>
        <source>The busiest expert has %1 the mean load</source>
        <comment>2.7×</comment>
        <translation>最忙的专家负载为均值的 %1</translation>
    </message>
    <message>
        <source>Layer %1; mean: %2; by chance about %3</source>
        <comment>7; 85; 1.5×</comment>
        <translation>第 %1 层；均值 %2；纯随机约为 %3</translation>
    </message>
    <message>
        <source>%1 + %2</source>
        <comment>512, 8 tokens</comment>
        <translation>%1 + %2</translation>
    </message>
    <message>
        <source>Layer %1 and %2 alike: %3</source>
        <comment>3: 512 tokens</comment>
        <translation>第 %1 层及 %2 个同类层：%3</translation>
    </message>
    <message>
        <source>Layer %1: %2</source>
        <comment>2: 512 tokens</comment>
        <translation>第 %1 层：%2</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>KV cache, bytes</source>
        <translation>KV 缓存（字节）</translation>
    </message>
    <message>
        <source>Work, FLOP</source>
        <translation>计算量（FLOP）</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>After %1</source>
        <comment>512 tokens</comment>
        <translation>%1之后</translation>
    </message>
    <message>
        <source>Read by a step after %1</source>
        <translation>%1 之后一步的读取量</translation>
    </message>
    <message>
        <source>Prefill of %1</source>
        <comment>512 tokens</comment>
        <translation>预填充 %1</translation>
    </message>
    <message>
        <source>Reached by %1</source>
        <comment>16 tokens</comment>
        <translation>%1用到</translation>
    </message>
    <message>
        <source>%1 parameters, the smallest of its kind</source>
        <translation>%1 个参数，同类中最小</translation>
    </message>
    <message>
        <source>Other programs took %1 of the processor meanwhile, so the times say little. Run it again when the computer is idle.</source>
        <translation>其间其他程序占用了处理器的 %1，时间没有多少意义。请在电脑空闲时再运行一次。</translation>
    </message>
    <message>
        <source>The threads moved to cores that lie otherwise to each other, so the profile of this computer no longer holds. Run it again.</source>
        <translation>线程移到了彼此位置关系不同的核心上，因此本机的测量数据已不再适用。请再运行一次。</translation>
    </message>
    <message>
        <source>%1 of %2 times within their band</source>
        <translation>%2 项时间中 %1 项在误差带内</translation>
    </message>
    <message>
        <source>%1; times disturbed</source>
        <comment>all 14 counts exact</comment>
        <translation>%1；时间受到干扰</translation>
    </message>
</context>
<context>
    <name>Verdicts</name>
    <message>
        <source>Can be true</source>
        <translation>可能成立</translation>
    </message>
    <message>
        <source>Contradicts the official configuration</source>
        <translation>与官方配置矛盾</translation>
    </message>
    <message>
        <source>Cannot be true</source>
        <translation>不可能成立</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>成立</translation>
    </message>
    <message>
        <source>Holds under a condition</source>
        <translation>有条件成立</translation>
    </message>
    <message>
        <source>Does not hold</source>
        <translation>不成立</translation>
    </message>
    <message>
        <source>Cannot be computed</source>
        <translation>无法计算</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ArchitectureView</name>
    <message>
        <source>Architecture of the designs</source>
        <translation>设计的架构</translation>
    </message>
    <message>
        <source>%1 before each</source>
        <translation>每个子层前 %1</translation>
    </message>
    <message>
        <source>%1 after each sum</source>
        <translation>每次求和后 %1</translation>
    </message>
    <message>
        <source>%1 on each output</source>
        <translation>每个输出上 %1</translation>
    </message>
    <message>
        <source>%1 before and after each</source>
        <translation>每个子层前后 %1</translation>
    </message>
    <message>
        <source>%1 learned positions</source>
        <translation>%1 个可学习位置</translation>
    </message>
    <message>
        <source>Token embedding</source>
        <translation>词元嵌入</translation>
    </message>
    <message>
        <source>further layers of %1 kinds</source>
        <translation>另有 %1 种层</translation>
    </message>
    <message>
        <source>%1 and output head</source>
        <translation>%1 与输出头</translation>
    </message>
    <message>
        <source>the head is the embedding matrix</source>
        <translation>输出头即嵌入矩阵</translation>
    </message>
    <message>
        <source>%1 extra prediction layers</source>
        <translation>%1 个额外预测层</translation>
    </message>
    <message>
        <source>1 extra prediction layer</source>
        <translation>1 个额外预测层</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ClaimsModel</name>
    <message>
        <source>%1 × %2</source>
        <extracomment>A count and a verdict: &quot;3 × Cannot be true&quot;.</extracomment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>What is printed</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>What is computed</source>
        <translation>计算结果</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ClaimsPage</name>
    <message>
        <source>Sentences of teaching material</source>
        <translation>教学材料中的说法</translation>
    </message>
    <message>
        <source>Qwen3 and DeepSeek: configurations</source>
        <translation>Qwen3 与 DeepSeek：配置</translation>
    </message>
    <message>
        <source>Qwen3: a secondary article&apos;s table</source>
        <translation>Qwen3：一篇二手文章的表格</translation>
    </message>
    <message>
        <source>Worked parameter counts</source>
        <translation>参数量算例</translation>
    </message>
    <message>
        <source>Open a table</source>
        <translation>打开表格</translation>
    </message>
    <message>
        <source>Tables (*.json);;All files (*)</source>
        <translation>表格 (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>The table was copied as Markdown</source>
        <translation>表格已复制为 Markdown</translation>
    </message>
    <message>
        <source>Export table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>CSV (*.csv);;Markdown (*.md)</source>
        <translation>CSV (*.csv);;Markdown (*.md)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>What others print about designs, computed again</source>
        <translation>他人公布的模型数据，逐条重新计算</translation>
    </message>
    <message>
        <source>Open a table…</source>
        <translation>打开表格…</translation>
    </message>
    <message>
        <source>Check a table of your own: a JSON file with rows, examples or claims</source>
        <translation>检查您自己的表格：含 rows、examples 或 claims 的 JSON 文件</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the table as Markdown</source>
        <translation>将表格复制为 Markdown</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save the table as CSV or Markdown</source>
        <translation>将表格保存为 CSV 或 Markdown</translation>
    </message>
    <message>
        <source>Table to check</source>
        <translation>要检查的表格</translation>
    </message>
    <message>
        <source>Rows of the table with their verdicts</source>
        <translation>表格各行及其结论</translation>
    </message>
    <message>
        <source>What is printed</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>What is computed</source>
        <translation>计算结果</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Claims</source>
        <translation>说法核查</translation>
    </message>
</context>
<context>
    <name>headroom::ui::CompareModel</name>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Figures at %1, batch %2, %3, %4 weights</source>
        <comment>a number of tokens, a number of sequences, devices, a number format</comment>
        <translation>指标：%1，批大小 %2，%3，%4 权重</translation>
    </message>
    <message>
        <source>Differences first · %1 of %2 fields differ</source>
        <translation>差异优先 · %2 个字段中有 %1 个不同</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ComparePage</name>
    <message>
        <source>The table was copied as Markdown</source>
        <translation>表格已复制为 Markdown</translation>
    </message>
    <message>
        <source>Export table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>CSV (*.csv);;Markdown (*.md)</source>
        <translation>CSV (*.csv);;Markdown (*.md)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Only differences</source>
        <translation>仅显示差异</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the table as Markdown</source>
        <translation>将表格复制为 Markdown</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save the table as CSV or Markdown</source>
        <translation>将表格保存为 CSV 或 Markdown</translation>
    </message>
    <message>
        <source>Comparison of the designs</source>
        <translation>设计对比</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DeploymentPanel</name>
    <message>
        <source>Cancelled; edit anything to search again</source>
        <translation>已取消；任意编辑即重新搜索</translation>
    </message>
    <message>
        <source>Held by other devices of the group too: weights %1, cache %2</source>
        <translation>同组其他设备也各存一份：权重 %1，缓存 %2</translation>
    </message>
    <message>
        <source>The error bar is the mean error on designs that the fit had not seen. Chunked prefill is not modelled.</source>
        <translation>误差范围是拟合时未见过的设计上的平均误差。未对分块预填充建模。</translation>
    </message>
    <message>
        <source>Typical constants: nobody has measured this device, so no error bar is known. Chunked prefill is not modelled.</source>
        <translation>典型常数：没有人实测过该设备，误差范围未知。未对分块预填充建模。</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source> tok/s</source>
        <translation> tok/s</translation>
    </message>
    <message>
        <source>The selected design has no figures yet</source>
        <translation>所选设计还没有数值</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>%1 × %2 do; %3 splits tried</source>
        <comment>a number of devices, a device, a number</comment>
        <translation>%1 × %2 即可；共试 %3 种切分</translation>
    </message>
    <message>
        <source>No split of up to %1 × %2 does; nearest first</source>
        <translation>最多 %1 × %2 时没有切分满足要求；最接近的在前</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>a split, a time per token, tokens per second</comment>
        <translation>%1：%2，%3</translation>
    </message>
    <message>
        <source>%1: too slow, %2, %3</source>
        <comment>a split, a time per token, tokens per second</comment>
        <translation>%1：太慢，%2，%3</translation>
    </message>
    <message>
        <source>%1: needs %2 a device</source>
        <comment>a split, an amount of memory</comment>
        <translation>%1：每设备需要 %2</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Serving, selected design</source>
        <translation>服务指标（所选设计）</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>可行的部署</translation>
    </message>
    <message>
        <source>Replicas (DP)</source>
        <translation>副本数（DP）</translation>
    </message>
    <message>
        <source>Devices at most</source>
        <translation>设备数上限</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Data parallel: copies of the design that share the batch</source>
        <translation>数据并行：分担批次的模型副本数</translation>
    </message>
    <message>
        <source>What is asked of the split</source>
        <translation>对切分的要求</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标值</translation>
    </message>
    <message>
        <source>Splits, best first</source>
        <translation>切分方案，最优在前</translation>
    </message>
    <message>
        <source>Click a split to deploy the designs so</source>
        <translation>点击切分方案即按其部署</translation>
    </message>
    <message>
        <source>Batch fits at the context</source>
        <translation>在该上下文下放得下批次</translation>
    </message>
    <message>
        <source>Time per token below</source>
        <translation>单词元时间低于</translation>
    </message>
    <message>
        <source>Throughput above</source>
        <translation>吞吐量高于</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>per user</source>
        <translation>每用户</translation>
    </message>
    <message>
        <source>per device</source>
        <translation>每设备</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首词元时间</translation>
    </message>
    <message>
        <source>Time per token</source>
        <translation>每词元时间</translation>
    </message>
    <message>
        <source>One request</source>
        <translation>单个请求</translation>
    </message>
    <message>
        <source>Memory per device</source>
        <translation>每设备内存</translation>
    </message>
    <message>
        <source>of it replicated</source>
        <translation>其中重复存放</translation>
    </message>
    <message>
        <source>Largest batch</source>
        <translation>最大批大小</translation>
    </message>
    <message>
        <source>throughput there</source>
        <translation>此时的吞吐量</translation>
    </message>
    <message>
        <source>Cost, 1M output tokens</source>
        <translation>成本，百万输出词元</translation>
    </message>
    <message>
        <source>Cost, 1M prompt tokens</source>
        <translation>成本，百万输入词元</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DesignButton</name>
    <message>
        <source>Design %1: %2</source>
        <translation>设计 %1：%2</translation>
    </message>
    <message>
        <source>%1: this design has errors</source>
        <translation>%1：此设计有错误</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DesignEditor</name>
    <message>
        <source>%1 · %2</source>
        <comment>heading of a group · the kind of attention</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Fields of the design</source>
        <translation>设计的字段</translation>
    </message>
</context>
<context>
    <name>headroom::ui::DesignsPanel</name>
    <message>
        <source>Designs</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>Add a design to compare</source>
        <translation>添加一个用于比较的设计</translation>
    </message>
    <message>
        <source>Add a design</source>
        <translation>添加设计</translation>
    </message>
</context>
<context>
    <name>headroom::ui::Document</name>
    <message>
        <source>There is no field named %1.</source>
        <translation>没有名为 %1 的字段。</translation>
    </message>
    <message>
        <source>Set %1 to %2</source>
        <extracomment>An entry of the undo menu: a field of config.json gets a value.</extracomment>
        <translation>将 %1 设为 %2</translation>
    </message>
    <message>
        <source>Change the deployment</source>
        <translation>更改部署</translation>
    </message>
    <message>
        <source>Change the workload</source>
        <translation>更改负载</translation>
    </message>
    <message>
        <source>Change the number formats</source>
        <translation>更改数值格式</translation>
    </message>
    <message>
        <source>Load %1</source>
        <translation>载入 %1</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Rename to %1</source>
        <translation>重命名为 %1</translation>
    </message>
    <message>
        <source>Swap designs</source>
        <translation>交换设计</translation>
    </message>
    <message>
        <source>Pin this state</source>
        <translation>固定当前状态</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Restore the last session</source>
        <translation>恢复上次会话</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>新建会话</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ExportDialog</name>
    <message>
        <source>Paper column</source>
        <translation>论文单栏</translation>
    </message>
    <message>
        <source>Paper page</source>
        <translation>论文通栏</translation>
    </message>
    <message>
        <source>Slide 16:9</source>
        <translation>幻灯片 16:9</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>正方形</translation>
    </message>
    <message>
        <source>Export chart</source>
        <translation>导出图表</translation>
    </message>
    <message>
        <source>Own size</source>
        <translation>自定义尺寸</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>尺寸(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Width</source>
        <translation>宽度(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Height</source>
        <translation>高度(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Resolution (dpi)</source>
        <translation>分辨率(dpi)(&amp;R)</translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation>主题(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>Vector graphics, %1 × %2</source>
        <translation>矢量图，%1 × %2</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>%1 file (*.%2)</source>
        <translation>%1 文件 (*.%2)</translation>
    </message>
</context>
<context>
    <name>headroom::ui::FieldRow</name>
    <message>
        <source>%1, slider</source>
        <translation>%1，滑块</translation>
    </message>
    <message>
        <source>“%1” is not valid here; expected a whole number from %2 to %3</source>
        <translation>“%1”在此处无效；应为 %2 到 %3 的整数</translation>
    </message>
    <message>
        <source>“%1” is not valid here; expected a number, zero or above</source>
        <translation>“%1”在此处无效；应为不小于零的数</translation>
    </message>
</context>
<context>
    <name>headroom::ui::HeadlineBar</name>
    <message>
        <source>before: %1 (%2)</source>
        <translation>之前：%1（%2）</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>可容纳</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>放不下</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>Headline figures</source>
        <translation>关键指标</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ListDialog</name>
    <message>
        <source>One value for each of the %1 layers, separated by commas. A shorter list is repeated; an empty one leaves it to the family&apos;s pattern.</source>
        <translation>%1 层每层一个值，以逗号分隔。较短的列表会重复；留空则采用模型族的模式。</translation>
    </message>
    <message>
        <source>Numbers of layers, counted from 0, separated by commas.</source>
        <translation>层号，从 0 开始，以逗号分隔。</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MainWindow</name>
    <message>
        <source>Headroom did not close in order. Your last session is back.</source>
        <translation>Headroom 上次未正常关闭，已恢复您的会话。</translation>
    </message>
    <message>
        <source>Start fresh</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Open a session or a config.json</source>
        <translation>打开会话或 config.json</translation>
    </message>
    <message>
        <source>Sessions and configurations (*.headroom *.json)</source>
        <translation>会话与配置 (*.headroom *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Save the session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Sessions (*.headroom)</source>
        <translation>会话 (*.headroom)</translation>
    </message>
    <message>
        <source>Export the design as config.json</source>
        <translation>将设计导出为 config.json</translation>
    </message>
    <message>
        <source>Configurations (*.json)</source>
        <translation>配置 (*.json)</translation>
    </message>
    <message>
        <source>Rename design %1</source>
        <translation>重命名设计 %1</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>名称：</translation>
    </message>
    <message>
        <source>Ctrl+1 … 9</source>
        <translation>Ctrl+1 … 9</translation>
    </message>
    <message>
        <source>Show a page</source>
        <translation>显示页面</translation>
    </message>
    <message>
        <source>Alt+1 … 4</source>
        <translation>Alt+1 … 4</translation>
    </message>
    <message>
        <source>Edit a design</source>
        <translation>编辑设计</translation>
    </message>
    <message>
        <source>Tab, arrow keys</source>
        <translation>Tab、方向键</translation>
    </message>
    <message>
        <source>Move between fields; step a value or move a chart&apos;s readout</source>
        <translation>在字段间移动；步进数值，或移动图表读数</translation>
    </message>
    <message>
        <source>Ctrl+C in a chart</source>
        <translation>在图表中按 Ctrl+C</translation>
    </message>
    <message>
        <source>Copy the chart as an image and its data as text</source>
        <translation>将图表复制为图像，并将数据复制为文本</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About Headroom</source>
        <translation>关于 Headroom</translation>
    </message>
    <message>
        <source>A lab for Transformer design: edit a model and every estimate and every plot follows at once.</source>
        <translation>Transformer 设计实验室：修改模型，所有估算与图表即时更新。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。不提供任何担保。</translation>
    </message>
    <message>
        <source>Built with Qt %1, QCustomPlot and nlohmann/json.</source>
        <translation>基于 Qt %1、QCustomPlot 与 nlohmann/json 构建。</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New session</source>
        <translation>新建会话(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open session or config.json…</source>
        <translation>打开会话或 config.json(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save session</source>
        <translation>保存会话(&amp;S)</translation>
    </message>
    <message>
        <source>Save session &amp;as…</source>
        <translation>会话另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Export &amp;config.json of the design…</source>
        <translation>导出设计的 config.json(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Export chart…</source>
        <translation>导出图表(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Copy chart</source>
        <translation>复制图表(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Units of memory</source>
        <translation>内存单位(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Binary (KiB, MiB, GiB)</source>
        <translation>二进制 (KiB、MiB、GiB)(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Decimal (kB, MB, GB)</source>
        <translation>十进制 (kB、MB、GB)(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Designs</source>
        <translation>设计(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Workload bar</source>
        <translation>负载栏(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Headline figures</source>
        <translation>关键指标(&amp;H)</translation>
    </message>
    <message>
        <source>Hide the state &amp;before the edit</source>
        <translation>隐藏编辑前的状态(&amp;B)</translation>
    </message>
    <message>
        <source>P&amp;resenter mode</source>
        <translation>演示模式(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Design</source>
        <translation>设计(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Load preset</source>
        <translation>载入预设(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Add a design…</source>
        <translation>添加设计(&amp;A)…</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>复制为新设计(&amp;U)</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>重命名(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Swap with the next</source>
        <translation>与下一个交换(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pin this state as the reference</source>
        <translation>将当前状态固定为参照(&amp;P)</translation>
    </message>
    <message>
        <source>Un&amp;pin: show no changes</source>
        <translation>取消固定：不显示变化(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Licence</source>
        <translation>许可证(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About Headroom</source>
        <translation>关于 Headroom(&amp;A)</translation>
    </message>
    <message>
        <source>Edit %1 %2</source>
        <translation>编辑 %1 %2</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>untitled session</source>
        <translation>未命名会话</translation>
    </message>
    <message>
        <source>%1[*] – Headroom</source>
        <translation>%1[*] – Headroom</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Designs</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>复制 %1</translation>
    </message>
    <message>
        <source>Open a config.json…</source>
        <translation>打开 config.json…</translation>
    </message>
    <message>
        <source>&amp;Why this number</source>
        <translation>为什么是这个数(&amp;W)</translation>
    </message>
    <message>
        <source>Why this number</source>
        <translation>为什么是这个数</translation>
    </message>
</context>
<context>
    <name>headroom::ui::MemoryPage</name>
    <message>
        <source>Back to %1</source>
        <translation>恢复到 %1</translation>
    </message>
    <message>
        <source>KV cache per sequence</source>
        <translation>每序列键值缓存</translation>
    </message>
    <message>
        <source>Per device</source>
        <translation>每设备</translation>
    </message>
    <message>
        <source>Whole replica</source>
        <translation>整个副本</translation>
    </message>
    <message>
        <source>Show the memory that the device has</source>
        <translation>显示设备实际内存</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>KV cache layer by layer</source>
        <translation>逐层键值缓存</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>绘制内容</translation>
    </message>
</context>
<context>
    <name>headroom::ui::NoticeBar</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>headroom::ui::OverviewPage</name>
    <message>
        <source>In percent</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>Every bar as long as the others, in percent of its design</source>
        <translation>所有条等长，显示占各设计的百分比</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PlotView</name>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Show the same data as a table</source>
        <translation>以表格显示相同数据</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the chart as an image and its data as CSV (Ctrl+C)</source>
        <translation>将图表复制为图像，并将数据复制为 CSV (Ctrl+C)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save the chart as PNG, SVG, PDF or CSV</source>
        <translation>将图表保存为 PNG、SVG、PDF 或 CSV</translation>
    </message>
    <message>
        <source>Data of the chart</source>
        <translation>图表数据</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PresetPicker</name>
    <message>
        <source>Own design</source>
        <translation>自定义设计</translation>
    </message>
    <message>
        <source>Preset: %1, edited</source>
        <translation>预设：%1（已修改）</translation>
    </message>
    <message>
        <source>Preset: %1</source>
        <translation>预设：%1</translation>
    </message>
    <message>
        <source>Choose another preset for this design</source>
        <translation>为此设计选择另一个预设</translation>
    </message>
</context>
<context>
    <name>headroom::ui::PresetPopup</name>
    <message>
        <source>%1, %2 active</source>
        <translation>%1，激活 %2</translation>
    </message>
    <message>
        <source>Search by name, family or size</source>
        <translation>按名称、模型族或大小搜索</translation>
    </message>
    <message>
        <source>Search presets</source>
        <translation>搜索预设</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RooflinePage</name>
    <message>
        <source>Decode and prefill</source>
        <translation>解码和预填充</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>Prefill</source>
        <translation>预填充</translation>
    </message>
    <message>
        <source>Which step is drawn</source>
        <translation>绘制哪一步</translation>
    </message>
    <message>
        <source>Roofline</source>
        <translation>屋顶线</translation>
    </message>
</context>
<context>
    <name>headroom::ui::RopeScalingRow</name>
    <message>
        <source>RoPE scaling</source>
        <translation>RoPE 扩展</translation>
    </message>
    <message>
        <source>How the angles are stretched for contexts beyond the trained one</source>
        <translation>上下文超出训练长度时旋转角度的扩展方式</translation>
    </message>
    <message>
        <source>Scaling factor</source>
        <translation>扩展倍数</translation>
    </message>
    <message>
        <source>How many times the trained context</source>
        <translation>扩展到训练上下文的多少倍</translation>
    </message>
    <message>
        <source>Trained context</source>
        <translation>训练上下文</translation>
    </message>
    <message>
        <source>Tokens the angles were trained for before they were stretched</source>
        <translation>扩展之前旋转角度所训练的词元数</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>headroom::ui::SessionController</name>
    <message>
        <source>The last session could not be restored. %1</source>
        <translation>无法恢复上次会话。%1</translation>
    </message>
    <message>
        <source>The session was not saved. %1</source>
        <translation>会话未保存。%1</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>The configuration was not saved. %1</source>
        <translation>配置未保存。%1</translation>
    </message>
    <message>
        <source>The running session cannot be kept. %1</source>
        <translation>无法自动保存当前会话。%1</translation>
    </message>
    <message>
        <source>All figures are those of the text decoder; not counted: %1</source>
        <translation>所有数字均为文本解码器的数字；未计入：%1</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ThroughputPage</name>
    <message>
        <source>Tokens per second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>Per user</source>
        <translation>每用户</translation>
    </message>
    <message>
        <source>Time per token</source>
        <translation>每词元时间</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首词元时间</translation>
    </message>
    <message>
        <source>against batch</source>
        <translation>随批大小</translation>
    </message>
    <message>
        <source>against context</source>
        <translation>随上下文</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>绘制内容</translation>
    </message>
    <message>
        <source>What it is drawn against</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ValidatePage</name>
    <message>
        <source>Cancelling</source>
        <translation>正在取消</translation>
    </message>
    <message>
        <source>The run of %1 ended early: %2</source>
        <translation>%1 的运行提前结束：%2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>运行 %1</translation>
    </message>
    <message>
        <source>Predicted beside measured, on this computer</source>
        <translation>在本机上对照预测与实测</translation>
    </message>
    <message>
        <source>A design is shrunk to one that keeps its structure, run, and counted</source>
        <translation>设计被缩小而结构不变，然后运行并计数</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Export validation</source>
        <translation>导出验证结果</translation>
    </message>
    <message>
        <source>Nothing was run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>As large as memory allows</source>
        <translation>内存允许的最大规模</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Original and tiny design</source>
        <translation>原设计与微型设计</translation>
    </message>
    <message>
        <source>Size of the tiny design</source>
        <translation>微型设计的规模</translation>
    </message>
    <message>
        <source>What the table shows</source>
        <translation>表格显示的内容</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>绘制内容</translation>
    </message>
    <message>
        <source>Layer whose experts are drawn</source>
        <translation>绘制哪一层的专家</translation>
    </message>
    <message>
        <source>Run that is shown</source>
        <translation>显示的运行</translation>
    </message>
    <message>
        <source>Predicted beside measured</source>
        <translation>预测与实测对照</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Validate</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Rows as CSV…</source>
        <translation>表格存为 CSV…</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Report as Markdown…</source>
        <translation>报告存为 Markdown…</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>A run is going on: cancel it, or wait for its end, before %1 can be run</source>
        <translation>正在运行：请先取消或等它结束，再运行 %1</translation>
    </message>
    <message>
        <source>Nothing beside it</source>
        <translation>不并列其他运行</translation>
    </message>
    <message>
        <source>Beside every other design</source>
        <translation>并列其他每个设计</translation>
    </message>
    <message>
        <source>Beside %1</source>
        <comment>a run</comment>
        <translation>并列 %1</translation>
    </message>
    <message>
        <source>%1, other run</source>
        <comment>a design</comment>
        <translation>%1，另一次运行</translation>
    </message>
    <message>
        <source>Half of the free memory</source>
        <translation>空闲内存的一半</translation>
    </message>
    <message>
        <source>%1 MiB at most</source>
        <translation>至多 %1 MiB</translation>
    </message>
    <message>
        <source>%1 GiB at most</source>
        <translation>至多 %1 GiB</translation>
    </message>
    <message>
        <source>Two runs side by side</source>
        <translation>两次运行并列</translation>
    </message>
    <message>
        <source>Prefill time</source>
        <translation>预填充时间</translation>
    </message>
    <message>
        <source>Decode time</source>
        <translation>解码时间</translation>
    </message>
    <message>
        <source>Time of a step</source>
        <translation>一步的时间</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>Distinct experts</source>
        <translation>不同专家数</translation>
    </message>
    <message>
        <source>Expert load</source>
        <translation>专家负载</translation>
    </message>
    <message>
        <source>How large the tiny design may be: from a second to as long as it takes. It never takes more than half of the free memory.</source>
        <translation>微型设计可以有多大：从一秒到不限时间。占用的内存绝不超过空闲内存的一半。</translation>
    </message>
    <message>
        <source>Memory that the engine may take for weights, cache and workspace</source>
        <translation>引擎的权重、缓存和工作区可占用的内存</translation>
    </message>
    <message>
        <source>Memory of the engine</source>
        <translation>引擎的内存</translation>
    </message>
    <message>
        <source>Run beside the one that is shown</source>
        <translation>与所示运行并列的运行</translation>
    </message>
    <message>
        <source>Drawn into the same chart, and put beside in the table of two runs</source>
        <translation>画在同一张图中，并在两次运行的表中并列</translation>
    </message>
    <message>
        <source>Chart as PNG, SVG, PDF or CSV…</source>
        <translation>图表存为 PNG、SVG、PDF 或 CSV…</translation>
    </message>
    <message>
        <source>“%1” shrinks the design to one of the same structure, runs it on this computer, and puts every prediction beside what was measured: parameters, KV cache, FLOPs, experts, times.

A folder with config.json and safetensors that is dropped on the window runs as it is.</source>
        <translation>“%1”把设计缩小为结构相同的微型设计，在本机上运行，并把每项预测与实测对照：参数、KV 缓存、FLOP、专家、时间。

把含 config.json 和 safetensors 的文件夹拖到窗口上，即按原样运行。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The design has changed since</source>
        <translation>设计此后已更改</translation>
    </message>
    <message>
        <source>Seconds: up to 1M parameters</source>
        <translation>数秒：至多 1M 参数</translation>
    </message>
    <message>
        <source>Seconds: up to 4M parameters</source>
        <translation>数秒：至多 4M 参数</translation>
    </message>
    <message>
        <source>Up to 16M parameters</source>
        <translation>至多 16M 参数</translation>
    </message>
    <message>
        <source>Up to 64M parameters</source>
        <translation>至多 64M 参数</translation>
    </message>
    <message>
        <source>✓ equal, or within the band of the prediction; ✗ not. Times are estimates with a band; everything else is counted.</source>
        <translation>✓ 相等，或在预测的误差带内；✗ 则否。时间是带误差带的估计；其余均为计数。</translation>
    </message>
</context>
<context>
    <name>headroom::ui::ValidationModel</name>
    <message>
        <source>Outside the band of the prediction</source>
        <translation>超出预测的误差带</translation>
    </message>
    <message>
        <source>Proportions</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>rounded</source>
        <translation>已取整</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>按比例 %1</translation>
    </message>
    <message>
        <source>In proportion it would be %1</source>
        <translation>按比例应为 %1</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原设计</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Tiny</source>
        <translation>微型</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Within the band of the prediction</source>
        <translation>在预测的误差带内</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>No other run</source>
        <translation>没有其他运行</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>比值</translation>
    </message>
</context>
<context>
    <name>headroom::ui::WhyPanel</name>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Active parameters</source>
        <translation>激活参数</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>键值缓存</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>计算量</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Time per token</source>
        <translation>每词元时间</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首词元时间</translation>
    </message>
    <message>
        <source>Why · %1 · %2</source>
        <extracomment>Heading of the panel that explains a number: the figure and the design&apos;s letter.</extracomment>
        <translation>为什么 · %1 · %2</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>逐步推导</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the explanation</source>
        <translation>关闭说明</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Copy as LaTeX</source>
        <translation>复制为 LaTeX</translation>
    </message>
    <message>
        <source>Steps of the derivation</source>
        <translation>推导步骤</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Numbers put in</source>
        <translation>代入数值</translation>
    </message>
    <message>
        <source>Why this number</source>
        <translation>为什么是这个数</translation>
    </message>
</context>
<context>
    <name>headroom::ui::WorkloadBar</name>
    <message>
        <source>Workload, number formats and deployment</source>
        <translation>负载、数值格式与部署</translation>
    </message>
</context>
</TS>
