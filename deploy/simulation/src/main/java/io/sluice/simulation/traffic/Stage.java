package io.sluice.simulation.traffic;

import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.load.LoadReport;
import io.sluice.sharder.placement.Churn;
import io.sluice.sharder.placement.Plan;
import io.sluice.sharder.placement.PlannedSlice;
import io.sluice.sharder.placement.PodPlace;
import io.sluice.sharder.placement.Policy;
import io.sluice.sharder.placement.RoundEvent;
import io.sluice.sharder.placement.Standing;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cluster under traffic, in steps of one second. Requests are drawn from the true demand and recorded by the meters of
 * the pods that serve them; once a second each pod reports; a plan is in force one second after it was made. What the
 * assigner sees is therefore only what the product measures.
 */
public final class Stage {
    // Above, the number of requests in a second is drawn from the normal distribution that it then is close to.
    private static final double MANY = 40;

    final SplittableRandom random;
    final Demand demand;
    final Setup setup;
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final Map<Resource, Integer> numbers = new HashMap<>();
    private final Map<Resource, Resource> replaces = new HashMap<>();
    private final Rules rules;
    private Rule rule;
    private boolean assignerIsUp = true;
    private Territory territory;
    private @Nullable Plan pending;
    private @Nullable Memory memory;
    private Caches caches = Caches.NONE;
    private Churn seenChurn = Churn.NONE;
    private double trueChurn;
    private long lives;
    private long second;
    private long rounds;
    private long roundCpuNanos;
    private long worstRoundCpuNanos;

    /** Makes the rule anew whenever the assigner starts. */
    interface Rules {
        Rules PRODUCT = (stage, nowNanos) -> Rule.product(stage.setup.policy(), nowNanos);

        Rule begin(Stage stage, long nowNanos);
    }

    /**
     * @param utilisation all load over all capacity, at the start
     * @param perPod requests per second that an average pod gets at the start
     * @param writes the part of them that are writes
     */
    public record Setup(
            int pods, int zones, double utilisation, double perPod, double writes, Policy policy, long seed) {}

    Stage(Setup setup, Keys keys, SplittableRandom random, Rules rules) {
        this.setup = setup;
        this.random = random;
        this.demand = new Demand(keys, setup.pods() * setup.perPod(), setup.writes());
        this.territory = new Territory(List.of(), keys, numbers);
        this.rules = rules;
        this.rule = newRule();
        for (int i = 0; i < setup.pods(); i++) add("zone-" + lives % setup.zones(), Optional.empty());
        tellMembers();
        apply();
    }

    // --- What traces may do ------------------------------------------------------------------------------------------

    public Demand demand() {
        return demand;
    }

    /** Requests per second that one pod can bear. */
    double capacity() {
        return setup.perPod() / setup.utilisation();
    }

    List<Resource> pods() {
        return servers.stream().map(server -> server.self).toList();
    }

    Resource start() {
        Resource pod = add("zone-" + lives % setup.zones(), Optional.empty());
        tellMembers();
        return pod;
    }

    /** A replacement that is ready before the other one leaves. */
    Resource startInPlaceOf(Resource former) {
        Resource pod = add(server(former).zone, Optional.of(former));
        tellMembers();
        return pod;
    }

    void leave(Resource pod) {
        server(pod).isLeaving = true;
        tellMembers();
    }

    /** The end of a pod, planned or not. */
    void stop(Resource pod) {
        servers.remove(server(pod));
        renumber();
        tellMembers();
    }

    void crash(Resource pod) {
        servers.remove(server(pod));
        renumber();
        tell(new RoundEvent.Crashed(pod));
        tellMembers();
    }

    String zone(Resource pod) {
        return server(pod).zone;
    }

    void setAssignerUp(boolean isUp) {
        assignerIsUp = isUp;
        if (!isUp) return;
        rule = newRule();
        tell(new RoundEvent.Adopted(territory.slices));
        tellMembers();
    }

    List<Resource> podsOf(long key) {
        for (PlannedSlice planned : territory.slices)
            if (planned.slice().contains(new SliceKey(key))) {
                List<Resource> pods = new ArrayList<>(planned.replicas());
                pods.add(0, planned.owner());
                return pods;
            }
        throw new IllegalStateException("no slice has key " + key);
    }

    /** From now on keys take room, and pods have only so much of it. */
    void limitMemory(Memory limited) {
        memory = limited;
        tellMembers();
    }

    /** From now on pods have memories, empty at first. */
    void remember(Caches remembered) {
        caches = remembered;
        servers.forEach(server -> server.cache = caches.empty());
    }

    // --- Time --------------------------------------------------------------------------------------------------------

    /** Lets one second go by. */
    public void step(Trace trace) {
        trace.second(second, this);
        if (pending != null) apply();
        if (rule.isToldReports()) serve();
        second++;
        if (memory != null) measureMemory(memory);
        for (SimulatedServer server : rule.isToldReports() ? List.copyOf(servers) : List.<SimulatedServer>of()) {
            LoadReport report = server.meter.report(nowNanos(), server.held);
            tell(new RoundEvent.Reported(server.self, report));
        }
        if (assignerIsUp) take(timed(() -> rule.advance(nowNanos())));
    }

    private void apply() {
        Plan plan = pending;
        pending = null;
        if (plan == null) return;
        Invariants.check(plan, setup);
        if (!territory.slices.isEmpty()) {
            trueChurn += TrueChurn.between(territory.slices, plan.slices(), demand);
            seenChurn = seenChurn.plus(plan.churn());
        }
        Territory next = new Territory(plan.slices(), demand.keys, numbers);
        if (!territory.slices.isEmpty()) caches.move(territory, next, servers);
        territory = next;
        servers.forEach(server -> server.held.clear());
        for (int i = 0; i < territory.seats.length; i++)
            for (int seat : territory.seats[i])
                if (seat >= 0) servers.get(seat).held.add(plan.slices().get(i).slice());
    }

    // A walk over all keys with exponential gaps: each key gets its own Poisson number of requests.
    private void serve() {
        double gap = random.nextExponential();
        for (int slice = 0; slice < territory.seats.length; slice++) {
            for (int key = territory.firstKey[slice]; key < territory.firstKey[slice + 1]; key++) {
                double rate = demand.rate[key];
                int requests = 0;
                if (rate > MANY)
                    requests = (int) Math.max(0, Math.round(rate + Math.sqrt(rate) * random.nextGaussian()));
                else for (gap -= rate; gap < 0; gap += random.nextExponential()) requests++;
                if (requests > 0) deliver(key, requests, territory.seats[slice]);
            }
        }
    }

    private void deliver(int number, int requests, int[] seats) {
        SliceKey key = new SliceKey(demand.keys.hash[number]);
        int writes = 0;
        if (demand.writes > 0) for (int i = 0; i < requests; i++) if (random.nextDouble() < demand.writes) writes++;
        for (int i = 0; i < writes && seats[0] >= 0; i++)
            servers.get(seats[0]).meter.recordWrite(key);
        int reads = requests - writes;
        int first = seats.length == 1 ? 0 : random.nextInt(seats.length);
        for (int i = 0; i < seats.length && i < reads; i++) {
            int seat = seats[(first + i) % seats.length];
            int part = reads / seats.length + (i < reads % seats.length ? 1 : 0);
            if (seat < 0) continue;
            servers.get(seat).meter.record(key, part);
            caches.ask(servers.get(seat).cache, number, part);
        }
    }

    private void measureMemory(Memory taken) {
        for (int i = 0; i < territory.seats.length; i++) {
            long bytes = (long) taken.between(territory.firstKey[i], territory.firstKey[i + 1]);
            for (int seat : territory.seats[i])
                if (seat >= 0)
                    servers.get(seat).meter.resident(territory.slices.get(i).slice(), bytes);
        }
    }

    // --- The assigner ------------------------------------------------------------------------------------------------

    private Rule newRule() {
        return rules.begin(this, nowNanos());
    }

    private void tellMembers() {
        tell(new RoundEvent.Members(servers.stream().map(this::place).toList()));
    }

    private PodPlace place(SimulatedServer server) {
        Standing standing = server.isLeaving ? Standing.LEAVING : Standing.SERVING;
        long byteLimit = memory == null ? Long.MAX_VALUE : memory.limit();
        Optional<Resource> former = Optional.ofNullable(replaces.get(server.self));
        return new PodPlace(server.self, server.zone, server.capacity, byteLimit, standing, former);
    }

    private void tell(RoundEvent event) {
        if (assignerIsUp) take(timed(() -> rule.on(event, nowNanos())));
    }

    private void take(Optional<Plan> plan) {
        if (plan.isEmpty()) return;
        rounds++;
        // Two plans within a second: the later one was made in the knowledge of the earlier.
        pending = plan.get();
    }

    private Optional<Plan> timed(Supplier<Optional<Plan>> decide) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Optional<Plan> plan = decide.get();
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        if (plan.isPresent()) {
            roundCpuNanos += took;
            worstRoundCpuNanos = Math.max(worstRoundCpuNanos, took);
        }
        return plan;
    }

    // --- What was ----------------------------------------------------------------------------------------------------

    public Balance balance() {
        double[] capacities =
                servers.stream().mapToDouble(server -> server.capacity).toArray();
        return Balance.of(territory.loads(servers.size(), demand), capacities, territory.lost(demand));
    }

    /** What the fullest pod has of the memory that it can have; 0 where memory does not matter. */
    double fullest() {
        return memory == null ? 0 : memory.fullest(territory, servers.size());
    }

    /** What was asked of the caches since the last time. */
    Caches.Lookups lookups() {
        return caches.take();
    }

    /** All load over all capacity, now. */
    double utilisation() {
        return demand.total() / (capacity() * servers.size());
    }

    public long second() {
        return second;
    }

    /** All true load that was moved so far; 1 is all load once. */
    public double trueChurn() {
        return trueChurn;
    }

    /** By cause, as the planner saw it. */
    public Churn seenChurn() {
        return seenChurn;
    }

    public int slices() {
        return territory.slices.size();
    }

    public long rounds() {
        return rounds;
    }

    public double cpuMillisPerRound() {
        return rounds == 0 ? 0 : roundCpuNanos / 1e6 / rounds;
    }

    public double worstRoundCpuMillis() {
        return worstRoundCpuNanos / 1e6;
    }

    // --- Servers -----------------------------------------------------------------------------------------------------

    private Resource add(String zone, Optional<Resource> former) {
        String name = "pod-" + lives++;
        Resource self = new Resource(name, name + ":8080", lives);
        servers.add(new SimulatedServer(self, zone, capacity(), caches.empty(), nowNanos()));
        former.ifPresent(pod -> replaces.put(self, pod));
        renumber();
        return self;
    }

    private SimulatedServer server(Resource pod) {
        return servers.stream()
                .filter(server -> server.self.equals(pod))
                .findFirst()
                .orElseThrow();
    }

    private void renumber() {
        numbers.clear();
        for (int i = 0; i < servers.size(); i++) numbers.put(servers.get(i).self, i);
        territory = new Territory(territory.slices, demand.keys, numbers);
    }

    private long nowNanos() {
        return TimeUnit.SECONDS.toNanos(second);
    }
}
