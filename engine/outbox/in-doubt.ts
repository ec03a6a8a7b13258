import { sql, type RawBuilder } from 'kysely';

/** Reasons of messages that end unsent claim too much when an earlier attempt had no answer: it may have arrived. */
export function inDoubt(reason: string): string {
	const again = reason
		.replace(/^Não enviada:/, 'Não enviada de novo:')
		.replace(/^Cancelada antes do envio:/, 'Cancelada:');
	return `${again} Uma tentativa anterior ficou sem confirmação e pode ter chegado.`;
}

/** The same, decided for each row of the outbox that an update ends. */
export function explanationOf(reason: string): RawBuilder<string> {
	return sql<string>`case when unconfirmed = 1 then ${inDoubt(reason)} else ${reason} end`;
}
