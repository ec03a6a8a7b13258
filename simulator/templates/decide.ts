import { later, type Simulation } from '../simulation';
import { rejectionOf } from './judge';
import type { Template, TemplateCategory, TemplateQuality } from './model';
import { tellCategoryAnnounced, tellCategoryChanged, tellQuality, tellStatus } from './news';

/** What happens to a template after it was asked for: each decision changes it and sends the webhook Meta sends. */
export type Decision =
	| { decision: 'approve'; category?: TemplateCategory }
	/** `reason` as Meta writes it; explanation and recommendation are told with it. */
	| { decision: 'reject'; reason?: string; explanation?: string; recommendation?: string }
	/** For quality: 3 h, then 6 h, then disabled. For pacing: until it is unpaused by hand. */
	| { decision: 'pause'; because?: 'quality' | 'pacing' }
	| { decision: 'unpause' }
	| { decision: 'disable' }
	| { decision: 'flag' }
	| { decision: 'appeal' }
	/** With `announceMs` it is announced now and happens that much later on the virtual clock (Meta: a day). */
	| { decision: 'recategorize'; category: TemplateCategory; announceMs?: number }
	| { decision: 'quality'; score: TemplateQuality };

const HOUR = 3_600_000;

export function decide(simulation: Simulation, template: Template, decision: Decision): void {
	switch (decision.decision) {
		case 'approve':
			return approve(simulation, template, decision.category ?? template.category);
		case 'reject':
			return reject(simulation, template, decision);
		case 'pause':
			return pause(simulation, template, decision.because ?? 'quality');
		case 'unpause':
			return unpause(simulation, template);
		case 'disable':
			return disable(simulation, template, 'DISABLED');
		case 'flag':
			return tellStatus(simulation, template, { event: 'FLAGGED' });
		case 'appeal':
			template.status = 'IN_APPEAL';
			return tellStatus(simulation, template, { event: 'IN_APPEAL' });
		case 'recategorize':
			return recategorize(simulation, template, decision.category, decision.announceMs ?? 0);
		case 'quality':
			return changeQuality(simulation, template, decision.score);
	}
}

/** A new or edited template: waits for a person, or an automatic review decides at once. */
export function review(simulation: Simulation, template: Template): void {
	template.status = 'PENDING';
	simulation.events.emit({ type: 'templates' });
	if (simulation.settings.templateApproval !== 'auto') return;
	later(simulation, 0, () => {
		if (template.status !== 'PENDING') return;
		const explanation = rejectionOf(template, simulation.templates.all());
		if (explanation === null) approve(simulation, template, template.category);
		else reject(simulation, template, { reason: 'INVALID_FORMAT', explanation });
	});
}

/** Whatever became due on the virtual clock: pauses that end, categories that change. */
export function settleTemplates(simulation: Simulation): void {
	const now = simulation.clock.now();
	for (const template of simulation.templates.all()) {
		if (template.status === 'PAUSED' && template.pausedUntil !== null && template.pausedUntil <= now) {
			unpause(simulation, template);
		}
		if (template.categoryChangesAt !== null && template.categoryChangesAt <= now && template.correctCategory) {
			recategorize(simulation, template, template.correctCategory, 0);
		}
	}
}

function approve(simulation: Simulation, template: Template, category: TemplateCategory): void {
	template.category = category;
	template.status = 'APPROVED';
	template.rejectedReason = 'NONE';
	template.pausedUntil = null;
	tellStatus(simulation, template, { event: 'APPROVED' });
}

function reject(
	simulation: Simulation,
	template: Template,
	given: { reason?: string; explanation?: string; recommendation?: string },
): void {
	template.status = 'REJECTED';
	template.rejectedReason = given.reason ?? 'INVALID_FORMAT';
	const { explanation, recommendation } = given;
	tellStatus(simulation, template, {
		event: 'REJECTED',
		reason: template.rejectedReason,
		...(explanation || recommendation
			? { rejection: { reason: explanation ?? '', recommendation: recommendation ?? '' } }
			: {}),
	});
}

function pause(simulation: Simulation, template: Template, because: 'quality' | 'pacing'): void {
	const now = simulation.clock.now();
	if (because === 'pacing') {
		template.status = 'PAUSED';
		template.pausedUntil = null;
		const description = 'The template was paused because messages got negative feedback while it was being paced.';
		return tellStatus(simulation, template, { event: 'PAUSED', other: { title: 'RATE_LIMITING_PAUSE', description } });
	}
	changeQuality(simulation, template, 'RED');
	template.pauses++;
	if (template.pauses > 2) return disable(simulation, template, 'DISABLED');
	const hours = template.pauses === 1 ? 3 : 6;
	template.status = 'PAUSED';
	template.pausedUntil = now + hours * HOUR;
	tellStatus(simulation, template, {
		event: 'PAUSED',
		other: {
			title: template.pauses === 1 ? 'FIRST_PAUSE' : 'SECOND_PAUSE',
			description: `The template was paused for ${hours} hours because of low quality.`,
		},
	});
}

function unpause(simulation: Simulation, template: Template): void {
	template.status = 'APPROVED';
	template.pausedUntil = null;
	tellStatus(simulation, template, {
		event: 'APPROVED',
		other: { title: 'UNPAUSE', description: 'The template is no longer paused.' },
	});
}

function disable(simulation: Simulation, template: Template, title: string): void {
	template.status = 'DISABLED';
	template.pausedUntil = null;
	const description = 'The template was disabled because of repeated low quality.';
	tellStatus(simulation, template, {
		event: 'DISABLED',
		other: { title, description },
		disabledAt: simulation.clock.now(),
	});
}

function recategorize(
	simulation: Simulation,
	template: Template,
	category: TemplateCategory,
	announceMs: number,
): void {
	if (announceMs > 0) {
		template.correctCategory = category;
		template.categoryChangesAt = simulation.clock.now() + announceMs;
		return tellCategoryAnnounced(simulation, template);
	}
	const previous = template.category;
	template.correctCategory = template.categoryChangesAt = null;
	if (previous === category) return;
	template.previousCategory = previous;
	template.category = category;
	tellCategoryChanged(simulation, template, previous);
}

function changeQuality(simulation: Simulation, template: Template, score: TemplateQuality): void {
	const previous = template.quality;
	if (previous === score) return;
	template.quality = score;
	tellQuality(simulation, template, previous);
}
