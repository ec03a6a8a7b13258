/** An answer that is worked out once per question; when too many are kept, it starts over. `compute` never answers undefined. */
export function kept<K, T>(compute: (key: K) => T, most = 20_000): (key: K) => T {
	const known = new Map<K, T>();
	return (key) => {
		let value = known.get(key);
		if (value === undefined) {
			if (known.size >= most) known.clear();
			known.set(key, (value = compute(key)));
		}
		return value;
	};
}
