import type { Pricing } from '../model';
import type { Simulation } from '../simulation';
import type { Rendered } from '../templates/model';
import type { Chat } from '../world';

/** What would Meta charge for this message? Since 2026-10 service is charged too (cloud-api.md §2.2, §5). */
const DAY = 86_400_000;

export function pricingOf(simulation: Simulation, chat: Chat, template: Rendered | null, now: number): Pricing {
	if (openFreeEntry(chat, now)) {
		return { category: 'referral_conversion', type: 'free_entry_point', freeUntil: chat.freeUntil };
	}
	if (template) {
		const category = template.category.toLowerCase() as Pricing['category'];
		return { category, type: 'regular', freeUntil: null };
	}
	return {
		category: 'service',
		type: takeFree(simulation, chat, now) ? 'free_customer_service' : 'regular',
		freeUntil: null,
	};
}

/** The first answer within 24 h of an arrival from an ad opens 72 h in which everything is free. */
function openFreeEntry(chat: Chat, now: number): boolean {
	if (chat.referralAt !== null && now - chat.referralAt < DAY) chat.freeUntil = now + 3 * DAY;
	chat.referralAt = null;
	return chat.freeUntil > now;
}

function takeFree(simulation: Simulation, chat: Chat, now: number): boolean {
	const { freeServicePerMonth } = simulation.settings;
	if (freeServicePerMonth === 0) return false;
	const key = `${chat.number.phoneNumberId} ${new Date(now).toISOString().slice(0, 7)}`;
	const used = simulation.freeService.get(key) ?? 0;
	if (used >= freeServicePerMonth) return false;
	simulation.freeService.set(key, used + 1);
	return true;
}
