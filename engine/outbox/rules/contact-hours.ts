import { describeNextOpening } from '../../business-hours/describe';
import { evaluate, type BusinessHoursStatus } from '../../business-hours/evaluate';
import { DEFAULT_ZONE } from '../../business-hours/schedule';
import { refuse, type Rule } from './facts';

const CODE = 'outsideContactHours';

/**
 * A message keeps to its own hours, by its reader's clock and holidays: outside them it waits for the next lawful minute.
 * One whose validity ends before that is refused at once, so that whoever planned it may plan it anew.
 */
export const contactHours: Rule = ({ contactHours: hours, validUntil }, now) => {
	if (hours === null) return null;
	if (hours === 'unreadable') {
		return refuse(
			CODE,
			'Não enviada: o horário de contato desta mensagem não pôde ser lido. Corrija-o e envie de novo.',
		);
	}
	const status = evaluate(hours, now);
	if (status.state === 'open') return null;
	const { nextOpening } = status;
	const why = reason(status);
	if (nextOpening === null) {
		return refuse(CODE, `Não enviada: ${why}, e não há outro horário permitido. Confira o horário de contato.`);
	}
	const zone = hours.zone ?? DEFAULT_ZONE;
	const when = describeNextOpening(nextOpening, now, zone) + (zone === DEFAULT_ZONE ? '' : ` (fuso ${zone})`);
	if (validUntil !== null && nextOpening > validUntil) {
		return refuse(CODE, `Não enviada: ${why}, e a validade da mensagem termina antes do próximo, ${when}.`);
	}
	return { type: 'postpone', until: nextOpening, code: CODE, text: `Adiada: ${why}. Sai ${when}.` };
};

function reason({ state, holiday, description }: BusinessHoursStatus): string {
	if (state === 'holiday' && holiday) return `hoje é feriado (${holiday.name}), fora do horário de contato permitido`;
	return `fora do horário de contato permitido (${description})`;
}
