/** Is the clock of this machine right? Meta's clock decides when the 24 h window closes. Pure. */
import type { Instant } from '../../../model';
import { fine, lasting, wrong } from '../../findings';
import type { Finding } from '../../port';
import type { GraphAnswer } from '../graph';

const TOLERATED_MS = 60_000;

/** @param answers each with the instant of ours at which it arrived */
export function clockFindings(answers: ReadonlyArray<{ answer: GraphAnswer; at: Instant }>): Finding[] {
	const skews = answers.flatMap(({ answer, at }) => {
		const theirs = answer.type === 'answered' && answer.date ? Date.parse(answer.date) : Number.NaN;
		return Number.isNaN(theirs) ? [] : [at - theirs];
	});
	if (skews.length === 0) return [];
	// The quickest answer tells best.
	const skew = skews.reduce((best, one) => (Math.abs(one) < Math.abs(best) ? one : best));
	if (Math.abs(skew) <= TOLERATED_MS) return [fine('clock', "The clock of this machine agrees with Meta's.")];
	return [
		wrong(
			'clock',
			`The clock of this machine is ${lasting(skew)} ${skew > 0 ? 'ahead of' : 'behind'} Meta's, so the 24 h window is judged wrongly.`,
			'Switch on time synchronisation (NTP) on the machine that runs n8n, and restart its container or virtual machine.',
		),
	];
}
