import type { Loose } from '../model';
import { componentOf, type Template, type TemplateCategory } from './model';

/** What would Meta's reviewer say? A few words decide, so that a rehearsal can make either answer happen. */
const PROMOTIONAL =
	/\b(promo(ç|c)(ã|a)o|promo(ç|c)(õ|o)es|promocional|descontos?|ofertas?|cupom|cupons|black friday|liquida(ç|c)(ã|a)o|aproveite|imperd(í|i)ve(l|is)|frete gr(á|a)tis|compre|lan(ç|c)amento|renove|renova(ç|c)(ã|a)o|sorteio|brinde|cashback|% off)(?!\p{L})/iu;

/** Since April 2025 promotional text asked for as UTILITY is approved as MARKETING (cloud-api.md §4). */
export function categoryFor(asked: TemplateCategory, components: readonly Loose[]): TemplateCategory {
	return asked === 'UTILITY' && PROMOTIONAL.test(textOf(components)) ? 'MARKETING' : asked;
}

/** Why an automatic review rejects it, or null: the same body and footer exist already. */
export function rejectionOf(template: Template, others: Iterable<Template>): string | null {
	const own = bodyAndFooter(template.components);
	for (const other of others) {
		const same = other.id !== template.id && other.wabaId === template.wabaId && other.status !== 'REJECTED';
		if (same && other.language === template.language && bodyAndFooter(other.components) === own) {
			return `Same body and footer as the template '${other.name}'.`;
		}
	}
	return null;
}

function textOf(components: readonly Loose[]): string {
	const buttons = components.flatMap((component) => (component.buttons ?? []) as Loose[]);
	return [...components, ...buttons].map((part) => String(part.text ?? '')).join('\n');
}

function bodyAndFooter(components: readonly Loose[]): string {
	return JSON.stringify([componentOf(components, 'BODY')?.text, componentOf(components, 'FOOTER')?.text ?? null]);
}
