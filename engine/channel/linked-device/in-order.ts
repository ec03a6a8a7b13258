/**
 * Messages of one person are opened in the order in which they came. Before Baileys queues a message it writes down which LID and
 * number belong together, which costs the first message of a person more than the second: with a slow store the second would
 * overtake it. Here those steps wait for each other.
 */
type Step = (...args: never[]) => Promise<unknown>;

/** What of Baileys' Signal repository is asked before a message waits for its turn. */
interface Preparing {
	lidMapping: { getPNForLID: Step; storeLIDPNMappings: Step };
	migrateSession: Step;
}

export function inOrder<R extends Preparing>(repository: R): R {
	let last: Promise<unknown> = Promise.resolve();
	const inTurn = <S extends Step>(step: S): S => {
		const turn = (...args: never[]) => {
			const done = last.then(() => step(...args));
			last = done.catch(() => undefined);
			return done;
		};
		return turn as S;
	};
	const { lidMapping } = repository;
	const steps = {
		getPNForLID: inTurn(lidMapping.getPNForLID.bind(lidMapping)),
		storeLIDPNMappings: inTurn(lidMapping.storeLIDPNMappings.bind(lidMapping)),
	};
	const mapping = new Proxy(lidMapping, {
		get(target, name) {
			if (name in steps) return steps[name as keyof typeof steps];
			const value: unknown = Reflect.get(target, name);
			return typeof value === 'function' ? (value.bind(target) as unknown) : value;
		},
	});
	return { ...repository, lidMapping: mapping, migrateSession: inTurn(repository.migrateSession) };
}
