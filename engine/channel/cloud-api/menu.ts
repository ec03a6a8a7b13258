/**
 * How can this menu be shown on the Cloud API: reply buttons, a list, or numbered text (C-17, X-01)?
 * One pure decision; the payload builder only follows it. What is simplified is said in a hint, never dropped silently.
 */
import type { MenuContent } from '../../model';
import { isLongerThan } from '../refusal';
import { LIMITS } from './limits';

export interface MenuShape {
	shape: 'buttons' | 'list' | 'text';
	/** In Portuguese: what was simplified and why. */
	hint?: string;
}

export const DEFAULT_LIST_LABEL = 'Ver opções';

export function chooseMenuShape(menu: MenuContent): MenuShape {
	if (menu.style === 'text') return { shape: 'text' };
	const againstButtons = whyNotButtons(menu);
	const againstList = whyNotList(menu);
	const described = menu.options.some((option) => option.description);

	if (menu.style === 'buttons') {
		if (againstButtons === null) {
			return described
				? { shape: 'buttons', hint: 'Botões não mostram as descrições das opções.' }
				: { shape: 'buttons' };
		}
		if (againstList === null) {
			return { shape: 'list', hint: `O menu foi enviado como lista, pois ${againstButtons}.` };
		}
		return asText(againstButtons);
	}
	if (menu.style === 'list') {
		if (againstList === null) return { shape: 'list' };
		return againstButtons === null
			? { shape: 'buttons', hint: `O menu foi enviado com botões, pois ${againstList}.` }
			: asText(againstList);
	}
	// auto: buttons are quicker to tap, but only a list shows descriptions.
	if (againstButtons === null && !(described && againstList === null)) return { shape: 'buttons' };
	return againstList === null ? { shape: 'list' } : asText(againstList);
}

function asText(why: string): MenuShape {
	return { shape: 'text', hint: `O menu foi enviado como texto numerado, pois ${why}.` };
}

function whyNotButtons(menu: MenuContent): string | null {
	const { buttons } = LIMITS;
	if (menu.options.length > buttons.options) return `botões aceitam no máximo ${buttons.options} opções`;
	const titles = new Set(menu.options.map((option) => option.title.trim()));
	if (titles.size < menu.options.length) return 'botões não aceitam títulos repetidos';
	return whyNot(menu, buttons, 'botões');
}

function whyNotList(menu: MenuContent): string | null {
	const { list } = LIMITS;
	if (menu.options.length > list.options) return `uma lista aceita no máximo ${list.options} opções`;
	const long = menu.options.find((option) => isLongerThan(option.description ?? '', list.description));
	if (long) return `a descrição de "${long.title}" passa de ${list.description} caracteres`;
	if (menu.buttonLabel && isLongerThan(menu.buttonLabel, list.openLabel)) {
		return `o texto do botão que abre a lista passa de ${list.openLabel} caracteres`;
	}
	return whyNot(menu, list, 'uma lista');
}

/** The limits both shapes have, with their own numbers. */
function whyNot(menu: MenuContent, limit: { title: number; id: number; body: number }, shape: string): string | null {
	if (menu.options.length === 0) return 'não há opções';
	const ids = new Set(menu.options.map((option) => option.id));
	if (ids.size < menu.options.length || ids.has('')) return 'as opções precisam de identificadores diferentes';
	const tooLong = menu.options.find((option) => isLongerThan(option.title, limit.title));
	if (tooLong) return `"${tooLong.title}" passa de ${limit.title} caracteres, o limite de ${shape}`;
	if (menu.options.some((option) => option.title.trim() === '')) return 'há uma opção sem título';
	if (menu.options.some((option) => isLongerThan(option.id, limit.id))) return 'há um identificador longo demais';
	if (menu.body.trim() === '') return `${shape} precisa de um texto antes das opções`;
	if (isLongerThan(menu.body, limit.body)) return `o texto passa de ${limit.body} caracteres, o limite de ${shape}`;
	if (isLongerThan(menu.header ?? '', LIMITS.header)) return `o título do menu passa de ${LIMITS.header} caracteres`;
	if (isLongerThan(menu.footer ?? '', LIMITS.footer)) return `o rodapé passa de ${LIMITS.footer} caracteres`;
	return null;
}
