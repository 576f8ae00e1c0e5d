Hello<#if name??> ${name}</#if>,

Thank you for signing up for ${product}. Please open this link to confirm
that this email address is yours, and your account is ready:

${url}

This link works until ${expires} (${zone}).
If it no longer works, please sign up once more.

The link is meant for you alone. Please do not forward it.

If you did not sign up for ${product}, please ignore this mail.
Without your confirmation no account is opened.
<#if support??>

Questions? Write to ${support}.
</#if>

----
${product}
