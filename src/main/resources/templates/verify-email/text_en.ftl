Hello<#if name??> ${name}</#if>,

Thank you for signing up for ${product}. To finish, please open
this link to confirm that this email address is yours:

${url}

This link works until ${expires} (${zone}).
<#if code??>

Or type this code where you signed up:

${code}

It works until ${codeExpires}.
</#if>

If you did not sign up for ${product}, please ignore this mail.
Without your confirmation the sign-up is not completed.

The link is meant for you alone. Please do not forward it.

<#if code??>
We will never ask you for the code. Please tell it to nobody.

</#if>
If the link no longer works, please sign up once more.
<#if support??>

Questions? Write to ${support}.
</#if>

----
${product}
