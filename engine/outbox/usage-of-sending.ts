/** What is counted when messages leave, or are refused (M-26)? Pure. */
import type { Instant } from '../model';
import type { UsageMark } from '../usage/add-usage';
import type { Answer } from './record';

/** Of answers that count: those of messages a delivery report had settled before are counted with it. */
export function usageOfAnswers(answers: readonly Answer[], now: Instant): UsageMark[] {
	return answers.flatMap(({ claimed: { channelId, content }, verdict }): UsageMark[] => {
		if (verdict.status === 'refused') return usageOfRefused([channelId], now);
		if (verdict.status !== 'sent') return [];
		const sent: UsageMark = { channelId, kind: 'sent', at: now };
		if (content.type !== 'template') return [sent];
		return [sent, { channelId, kind: `sent:template:${content.category}`, at: now }];
	});
}

export function usageOfRefused(channelIds: readonly string[], now: Instant): UsageMark[] {
	return channelIds.map((channelId) => ({ channelId, kind: 'refused', at: now }));
}
