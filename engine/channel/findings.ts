/** Small makers of findings, so that all of them read alike. */
import type { Finding, Problem } from './port';

export const fine = (check: string, found: string): Finding => ({ check, ok: true, found, fix: null });

export const wrong = (check: string, found: string, fix: string): Finding => ({ check, ok: false, found, fix });

export const problem = (check: string, { what, why, fix }: Problem): Finding => wrong(check, `${what} ${why}`, fix);

/** A check that breaks becomes a finding itself and hides no other. */
export async function guarded(
	check: string,
	look: () => Finding | Finding[] | Promise<Finding | Finding[]>,
): Promise<Finding[]> {
	try {
		const found = await look();
		return Array.isArray(found) ? found : [found];
	} catch (error) {
		const cause = error instanceof Error ? error.message : String(error);
		return [wrong(check, `This could not be checked: ${cause}.`, 'Try again; if it stays, read the log of n8n.')];
	}
}

/** e.g. "3 days", "1 hour": the largest unit that fits. */
export function lasting(ms: number): string {
	const units: Array<[string, number]> = [
		['day', 86_400_000],
		['hour', 3_600_000],
		['minute', 60_000],
		['second', 1_000],
	];
	const [name, size] = units.find(([, unit]) => Math.abs(ms) >= unit) ?? units.at(-1)!;
	const count = Math.round(Math.abs(ms) / size);
	return `${count} ${name}${count === 1 ? '' : 's'}`;
}

export function plural(count: number, name: string): string {
	return `${count} ${name}${count === 1 ? '' : 's'}`;
}
